import { TestingError } from '../error.ts';

export type Describe = (name: string, suite: () => void) => unknown;
export type DeclareTest = (name: string, test: () => Promise<void> | void, timeout?: number) => unknown;

interface Declarations {
  readonly describe: Describe;
  readonly test: DeclareTest;
}

function areDeclarations(from: object): from is Declarations {
  return 'describe' in from && 'test' in from;
}

/** Vitest has globals only when it is told to; else its own module has them. */
const vitest: object | undefined =
  process.env.VITEST !== undefined && !areDeclarations(globalThis)
    ? await import(String('vitest'))
    : undefined;

/**
 * How the runner of this file declares suites and tests.
 *
 * @throws TestingError `TEST_HOOKS_MISSING` under Jest without globals.
 */
export function findDeclarations(): Declarations {
  if (areDeclarations(globalThis)) return globalThis as unknown as Declarations;
  if (vitest !== undefined && areDeclarations(vitest)) return vitest;
  if (process.env.JEST_WORKER_ID !== undefined) {
    throw new TestingError('TEST_HOOKS_MISSING', 'Jest offers no globals here.', 'Leave `injectGlobals` on.');
  }
  const { describe, test } = process.getBuiltinModule('node:test');
  return {
    describe: (name, suite) => void describe(name, suite),
    // node:test calls a test with parameters as one that takes a context or a callback.
    test: (name, run) => void test(name, async () => run()),
  };
}
