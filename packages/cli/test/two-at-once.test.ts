import { writeFileSync } from 'node:fs';
import { engines } from './engines.ts';
import { historyFolder } from './history-folder.ts';
import { startProcess } from './run-cli.ts';

/** Its data step lasts until somebody writes the file `go` beside the folder of the scripts. */
const slow = {
  id: 'a1',
  upgrade: `op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true })]);
    op.run(async () => {
      const { existsSync } = process.getBuiltinModule('node:fs');
      while (!existsSync(new URL('../go', import.meta.url))) await new Promise((resolve) => setTimeout(resolve, 20));
    });`,
};

test.each(engines())(
  'on $name: of two upgrades the second waits, and has nothing left to do',
  async ({ create, dialect }) => {
    await using database = await create();
    using folder = historyFolder(slow);
    const argv = ['db', 'upgrade', '-d', folder.path, '--database-url', database.url];
    const first = startProcess(argv);
    await first.says('Running upgrade');
    const second = startProcess(argv);
    await second.says('Waiting for another migrator');
    writeFileSync(folder.file('go'), '');
    const { stderr, ...rest } = await second.outcome;
    expect(rest).toEqual({ code: 0, stdout: 'Nothing to do: the database is at a1.\n' });
    // SQLite's lock is that of a process.
    if (dialect === 'sqlite' && process.platform === 'linux') expect(stderr).toContain('"freshmaker"');
    expect(await first.outcome).toMatchObject({
      code: 0,
      stdout: 'Applied 1 revision: the database is at a1.\n',
    });
  },
);
