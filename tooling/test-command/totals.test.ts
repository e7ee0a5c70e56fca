import { closingLine, packageTotals, sumPackages } from './totals.ts';

const file = (status: string, ...tests: readonly string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('the tests of a package', () => {
  test.each([
    ['each test counts', [file('passed', 'passed', 'passed'), file('passed', 'passed')], 3, 0, 0],
    ['failed tests count', [file('failed', 'passed', 'failed', 'failed')], 1, 2, 0],
    ['skipped tests count', [file('passed', 'passed', 'pending', 'todo', 'skipped')], 1, 0, 3],
    ['a file with a skipped test is no failure', [file('focused', 'passed', 'pending')], 1, 0, 1],
    ['a file that could not be loaded is a failure', [file('passed', 'passed'), file('failed')], 1, 1, 0],
    ['a file without tests is a failure', [file('passed')], 0, 1, 0],
    ['a file that failed though no test did is a failure', [file('failed', 'passed')], 1, 1, 0],
    ['an outcome nobody knows is a failure', [file('passed', 'passed', 'exploded')], 1, 1, 0],
    ['no file at all is a failure', [], 0, 1, 0],
  ])('%s', (_, testResults, passed, failed, skipped) => {
    expect(packageTotals({ testResults })).toEqual({ passed, failed, skipped });
  });

  test('that left no report are a failure', () => {
    expect(packageTotals(undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the sum of all packages', () => {
  const good = { passed: 3, failed: 0, skipped: 1 };
  const bad = { passed: 1, failed: 2, skipped: 0 };

  test.each([
    ['adds', [good, bad], 1, { passed: 4, failed: 2, skipped: 1 }],
    ['has no failure of its own', [good, good], 0, { passed: 6, failed: 0, skipped: 2 }],
    ['fails with the runner', [good], 1, { passed: 3, failed: 1, skipped: 1 }],
    ['fails when the runner was killed', [good], null, { passed: 3, failed: 1, skipped: 1 }],
    [
      'fails when nothing ran',
      [{ passed: 0, failed: 0, skipped: 5 }],
      0,
      { passed: 0, failed: 1, skipped: 5 },
    ],
    ['fails without packages', [], 0, { passed: 0, failed: 1, skipped: 0 }],
  ])('%s', (_, packages, status, sum) => {
    expect(sumPackages(packages, status)).toEqual(sum);
  });
});

test.each([
  [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
  [{ passed: 1, failed: 2, skipped: 3 }, '1 passed, 2 failed, 3 skipped'],
])('%j closes with the line %j', (totals, line) => {
  expect(closingLine(totals)).toBe(line);
});
