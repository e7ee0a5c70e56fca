import { LockBudget, type LockOptions } from './lock-budget.ts';

const given: readonly (readonly [LockOptions | undefined, Required<LockOptions>, number])[] = [
  [undefined, { mode: 'wait', timeoutSeconds: 60, attemptSeconds: 3 }, 60_000],
  [{}, { mode: 'wait', timeoutSeconds: 60, attemptSeconds: 3 }, 60_000],
  [{ mode: 'fail' }, { mode: 'fail', timeoutSeconds: 60, attemptSeconds: 3 }, 0],
  [{ timeoutSeconds: 5 }, { mode: 'wait', timeoutSeconds: 5, attemptSeconds: 3 }, 5000],
  [{ attemptSeconds: 1 }, { mode: 'wait', timeoutSeconds: 60, attemptSeconds: 1 }, 60_000],
];

test.each(given)('%j is taken as %j, and leaves %d ms', (options, expected, leftMs) => {
  const budget = new LockBudget(options);
  expect(budget.options).toEqual(expected);
  expect(budget.leftMs).toBe(leftMs);
});
