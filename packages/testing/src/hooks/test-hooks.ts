import { TestingError } from '../error.ts';

/** A hook as every runner calls it; what it is given differs from runner to runner. */
export type Hook = (...context: readonly unknown[]) => Promise<void>;

/** How a runner is told what to do around tests. */
export interface TestHooks {
  beforeAll(hook: Hook, timeout?: number): unknown;
  beforeEach(hook: Hook, timeout?: number): unknown;
  afterEach(hook: Hook, timeout?: number): unknown;
  afterAll(hook: Hook, timeout?: number): unknown;
}

const names = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const;

function areHooks(from: object): from is TestHooks {
  return names.every((name) => typeof (from as Partial<TestHooks>)[name] === 'function');
}

/** Vitest has globals only when it is told to; else its own module has them. It is there when Vitest runs. */
const vitest: object | undefined =
  process.env.VITEST !== undefined && !areHooks(globalThis) ? await import(String('vitest')) : undefined;

/**
 * The hooks of the runner that runs this file: globals (Jest, Vitest), else Vitest's own, else those of `node:test`.
 *
 * @throws TestingError `TEST_HOOKS_MISSING` under Jest without globals.
 */
export function findTestHooks(): TestHooks {
  const globals: object = globalThis;
  if (areHooks(globals)) return globals;
  if (vitest !== undefined && areHooks(vitest)) return vitest;
  if (process.env.JEST_WORKER_ID !== undefined) {
    throw new TestingError(
      'TEST_HOOKS_MISSING',
      'Jest offers no globals here.',
      'Leave `injectGlobals` on, or pass the hooks: useTestDatabase({ hooks: { beforeAll, beforeEach, afterEach, afterAll } }).',
    );
  }
  const { before, beforeEach, afterEach, after } = process.getBuiltinModule('node:test');
  return {
    beforeAll: (hook) => before(hook),
    // node:test calls a hook with parameters as one that takes a callback; ours takes the test's context.
    beforeEach: (hook) => beforeEach((context) => hook(context)),
    afterEach: (hook) => afterEach((context) => hook(context)),
    afterAll: (hook) => after(hook),
  };
}
