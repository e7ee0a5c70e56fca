/** How the test that has just ended went. */
export interface TestOutcome {
  readonly failed: boolean;
  /** The test's name. */
  readonly title: string;
}

/** What is used of a test of jest-circus, which both of Jest's runners are made of. */
interface CircusTest {
  fn?: (...given: unknown[]) => unknown;
  readonly name: string;
  readonly errors: readonly unknown[];
}

interface CircusBlock {
  readonly type: 'describeBlock' | 'test';
  readonly children?: readonly (CircusBlock & CircusTest)[];
}

interface CircusState {
  readonly rootDescribeBlock: CircusBlock;
  readonly currentlyRunningTest?: CircusTest | null;
}

/** What is used of the contexts that Vitest and `node:test` hand to their hooks. */
interface Context {
  readonly task?: { readonly name: string; readonly result?: { readonly state?: string } };
  readonly name?: string;
  readonly passed?: boolean;
  readonly error?: unknown;
}

/** Tells after each test how it went; runners say so in different places, and some nowhere. */
export class TestOutcomes {
  /** Of the test that has ended last, where its function had to be watched. */
  #watched: TestOutcome | undefined;

  /** To be called when all tests are known, before the first one runs. */
  watch(): void {
    const state = circusState();
    if (state) this.#watchBlock(state.rootDescribeBlock);
  }

  /** @param given what the runner gives to its hook after each test. */
  of(given: readonly unknown[]): TestOutcome {
    const context = given[0] as Context | undefined;
    if (context?.task) return { failed: context.task.result?.state === 'fail', title: context.task.name };
    if (context?.name !== undefined) {
      return { failed: context.passed === false || Boolean(context.error), title: context.name };
    }
    const running = circusState()?.currentlyRunningTest;
    if (running) return { failed: running.errors.length > 0, title: running.name };
    return this.#watched ?? { failed: false, title: 'test' };
  }

  #watchBlock({ children = [] }: CircusBlock): void {
    for (const child of children) {
      if (child.type === 'describeBlock') this.#watchBlock(child);
      else this.#watchTest(child);
    }
  }

  /** jest-light-runner keeps to itself how a test went. Tests that take a callback are left alone. */
  #watchTest(test: CircusTest): void {
    const { fn, name: title } = test;
    if (fn === undefined || fn.length > 0) return;
    test.fn = async () => {
      this.#watched = { failed: true, title };
      const result = await fn();
      this.#watched = { failed: false, title };
      return result;
    };
  }
}

function circusState(): CircusState | undefined {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description === 'JEST_STATE_SYMBOL',
  );
  return symbol && ((globalThis as Record<symbol, unknown>)[symbol] as CircusState | undefined);
}
