import { engines } from './engines.ts';
import { historyFolder } from './history-folder.ts';
import { runCli, startProcess } from './run-cli.ts';

const slow = {
  id: 'a1',
  upgrade: `op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true })]);
    op.run(() => new Promise((resolve) => setTimeout(resolve, 4000)));`,
};

test.each(engines())(
  'on $name: of two upgrades the second waits, and has nothing left to do',
  async ({ create, dialect }) => {
    await using database = await create();
    using folder = historyFolder(slow);
    const argv = ['db', 'upgrade', '-d', folder.path, '--database-url', database.url];
    const first = startProcess(argv);
    await first.says('Running upgrade');
    const second = await runCli(argv);
    expect(second).toMatchObject({ code: 0, stdout: 'Nothing to do: the database is at a1.\n' });
    expect(second.stderr).toMatch(/^Waiting for another migrator/);
    // SQLite's lock is that of a process.
    if (dialect === 'sqlite' && process.platform === 'linux') expect(second.stderr).toContain('"freshmaker"');
    expect(await first.outcome).toMatchObject({
      code: 0,
      stdout: 'Applied 1 revision: the database is at a1.\n',
    });
  },
);
