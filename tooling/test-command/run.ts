// `npm test`: builds, runs every package's tests, and ends with the line that counts them all.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failures } from './failures.ts';
import { packagesWithTests } from './packages.ts';
import { closingLine, packageTotals, sumPackages } from './totals.ts';

const root = join(import.meta.dirname, '..', '..');
const reportFile = 'test-results/jest.json';
const reports = packagesWithTests(root).map((folder) => join(folder, reportFile));

/** Far more than all tests need, in milliseconds: Jest's runner here knows no time limit for a test. */
const timeLimit = 45 * 60_000;

// What an earlier run found must not count.
for (const folder of reports.map(dirname)) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

// Tests of a package whose build failed do not run, and are missed below; all others do.
const turbo = spawnSync(
  'turbo',
  [
    ...['run', 'test', '--continue=dependencies-successful', '--concurrency=2'],
    ...['--ui=stream', '--log-order=grouped', '--log-prefix=none'],
    ...['--', '--ci', '--json', `--outputFile=${reportFile}`],
  ],
  { cwd: root, stdio: 'inherit', timeout: timeLimit, env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' } },
);
if (turbo.error) process.stderr.write(`${turbo.error.message}\n`);

const read = (report: string) => (existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined);
const totals = sumPackages(
  reports.map((report) => packageTotals(read(report))),
  turbo.status,
);
// Once more at the end, where they are found among thousands of lines.
for (const report of reports) {
  if (!existsSync(report)) process.stdout.write(`The tests of ${join(report, '..', '..')} did not run.\n`);
  else process.stdout.write(failures(read(report), root));
}
process.stdout.write(`${closingLine(totals)}\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;
