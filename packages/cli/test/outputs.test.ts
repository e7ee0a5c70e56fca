import { spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { historyFolder, twoBranches } from './history-folder.ts';
import { binary, runCli, runProcess, temporaryFolder } from './run-cli.ts';

const table = {
  id: 'a1',
  upgrade: "op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true })]);",
};

/** Runs a command line with an output that a device takes, or does not take. */
function runOnto(argv: readonly string[], stdout: 'pipe' | number, stderr: 'pipe' | number) {
  const { PATH, HOME } = process.env;
  return spawnSync(process.execPath, [binary, ...argv], {
    stdio: ['ignore', stdout, stderr],
    env: { PATH, HOME },
    encoding: 'utf8',
  });
}

const onFull = existsSync('/dev/full') ? test : test.skip;

describe('an output that cannot be written', () => {
  onFull.each([[[]], [['--json']]])('standard output, %j: 2, and it is said', (json) => {
    using folder = historyFolder(...twoBranches);
    const argv = ['db', 'history', '-d', folder.path, ...json];
    const { status, stderr } = runOnto(argv, openSync('/dev/full', 'w'), 'pipe');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Error \[OUTPUT_FAILED\]: Standard output cannot be written: .*\nHint: .*\n$/);
  });

  onFull('does not end a migration', async () => {
    using folder = historyFolder(table, { id: 'a2', down: 'a1' });
    const argv = ['-d', folder.path, '--database-url', `sqlite:///${folder.file('test.db')}`];
    const full = openSync('/dev/full', 'w');
    expect(runOnto(['db', 'upgrade', '+1', ...argv], 'pipe', full)).toMatchObject({
      status: 0,
      stdout: 'Applied 1 revision: the database is at a1.\n',
    });
    expect(runOnto(['db', 'upgrade', ...argv], full, full).status).toBe(2);
    expect((await runCli(['db', 'current', ...argv])).stdout).toBe('a2 (head)\n');
  });

  test.each([['2>&1'], ['']])('a reader that is gone changes nothing (%s)', async (both) => {
    using folder = historyFolder(table, { id: 'a2', down: 'a1' });
    const argv = ['-d', folder.path, '--database-url', `sqlite:///${folder.file('test.db')}`];
    const line = `"$@" ${both} | true`;
    spawnSync('/bin/sh', ['-c', line, 'sh', process.execPath, binary, 'db', 'upgrade', '-v', ...argv]);
    expect((await runCli(['db', 'current', ...argv])).stdout).toBe('a2 (head)\n');
  });
});

test('an error that nobody catches is an error as others are, and what was not finished is rolled back', async () => {
  using folder = historyFolder({
    ...table,
    upgrade: `${table.upgrade}
      op.run(() => new Promise(() => void setTimeout(() => { throw new Error('a stray one'); })));`,
  });
  using files = temporaryFolder();
  const argv = ['-d', folder.path, '--database-url', `sqlite:///${files.file('test.db')}`];
  const { code, stdout } = await runProcess(['db', 'upgrade', '--json', ...argv]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INTERNAL_ERROR', message: 'a stray one' } });
  expect(await runCli(['db', 'current', ...argv])).toMatchObject({ code: 0, stdout: '' });
});
