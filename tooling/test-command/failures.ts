import { relative } from 'node:path';

/** What is read of the file that `jest --json --outputFile` writes to say what failed. */
export interface FailureReport {
  readonly testResults: readonly {
    /** The absolute path of the test file. */
    readonly name: string;
    readonly status: string;
    /** What was printed of the file's failures. */
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** The failed tests of a package with their messages, as text to print; empty when there are none. */
export function failures(report: FailureReport, root: string): string {
  return report.testResults
    .flatMap(({ name, status, message, assertionResults }) => {
      const file = relative(root, name);
      const failed = assertionResults.filter((test) => test.status === 'failed');
      if (failed.length === 0 && status !== 'failed' && assertionResults.length > 0) return [];
      if (failed.length === 0) return [`FAILED ${file}\n${indent(message || 'It holds no test.')}`];
      return failed.map(
        (test) => `FAILED ${file} › ${test.fullName}\n${indent((test.failureMessages ?? []).join('\n'))}`,
      );
    })
    .join('');
}

const indent = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `    ${line}\n`)
    .join('');
