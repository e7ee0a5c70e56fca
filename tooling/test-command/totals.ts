/** How many tests ended how. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What is read of the file that `jest --json --outputFile` writes. */
export interface JestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const none: Totals = { passed: 0, failed: 0, skipped: 0 };

function add(a: Totals, b: Totals): Totals {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * Counts one package's tests. A file that could not be loaded, or holds no test, is one failed test; so is a
 * package without a report, whose tests did not run.
 */
export function packageTotals(report: JestReport | undefined): Totals {
  if (!report || report.testResults.length === 0) return { ...none, failed: 1 };
  return report.testResults.map(fileTotals).reduce(add, none);
}

function fileTotals({ status, assertionResults }: JestReport['testResults'][number]): Totals {
  const count = (...statuses: readonly string[]) =>
    assertionResults.filter((test) => statuses.includes(test.status)).length;
  const passed = count('passed');
  const skipped = count('pending', 'skipped', 'todo', 'disabled');
  const failed = assertionResults.length - passed - skipped;
  // With a skipped test in it the file is "focused", which is no failure.
  const failedAsAWhole = failed === 0 && (status === 'failed' || assertionResults.length === 0);
  return { passed, skipped, failed: failedAsAWhole ? 1 : failed };
}

/**
 * Sums all packages' tests. When the runner failed although no test did, or no test ran, that is one failure.
 *
 * @param runnerStatus exit status of what ran the packages' tests.
 */
export function sumPackages(packages: readonly Totals[], runnerStatus: number | null): Totals {
  const sum = packages.reduce(add, none);
  const failedAsAWhole = sum.failed === 0 && (runnerStatus !== 0 || sum.passed === 0);
  return failedAsAWhole ? { ...sum, failed: 1 } : sum;
}

/** The last line of a test run, for people and for CI. */
export function closingLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
