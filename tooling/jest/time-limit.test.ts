import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { withTimeLimit } from './with-time-limit.ts';

const forever = () => new Promise(() => undefined);

test('what does not end fails', async () => {
  await expect(withTimeLimit(forever, 20)()).rejects.toThrow('It did not end within 0.02 seconds.');
});

test.each([
  ['ends', async () => undefined],
  ['ends at once', () => undefined],
])('what %s passes', async (_, run) => {
  await expect(withTimeLimit(run, 1000)()).resolves.toBeUndefined();
});

test.each([
  ['rejects', () => Promise.reject(new Error('broken'))],
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
])('what %s fails with its own error', async (_, run) => {
  await expect(withTimeLimit(run, 1000)()).rejects.toThrow('broken');
});

test('Jest ends tests and hooks that do not end, tells which, and goes on', () => {
  const jest = join(import.meta.dirname, '../../node_modules/.bin/jest');
  const { stdout } = spawnSync(
    process.execPath,
    [jest, '--json', '--testMatch=**/time-limit.fixture.ts', 'time-limit.fixture'],
    { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' },
  );
  const { assertionResults } = JSON.parse(stdout).testResults[0];
  expect(assertionResults.map(({ title, status }: Record<string, string>) => `${title}: ${status}`)).toEqual([
    '(beforeAll): failed',
    'hangs: failed',
    'hangs with 1: failed',
    'ends: passed',
  ]);
});
