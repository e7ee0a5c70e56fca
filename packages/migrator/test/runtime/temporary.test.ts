import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { upgrade } from '../../src/commands/upgrade.ts';
import { KyselyDriver } from '../../src/driver/kysely-driver.ts';
import { chain } from './history.ts';
import { sqlite } from './place.ts';

const start = `op.createTable('t', [column('id', t.integer(), { primaryKey: true }), column('a', t.text())]);`;

/** A connection that an application lends the migrator, with what it has made there for itself. */
async function upgradeWith(made: string, up: string): Promise<{ place: string[]; temporary: string[] }> {
  await using place = await sqlite.open();
  await upgrade({ driver: place.driver, scripts: place.scripts(chain(['aaaa01', start])) });
  const database = new Database(place.settings.dialect === 'sqlite' ? place.settings.path : '');
  database.exec(made);
  const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  try {
    const driver = new KyselyDriver('sqlite', 'SQLite file', async () => kysely);
    await upgrade({ driver, scripts: place.scripts(chain(['aaaa01', start], ['aaaa02', up])) });
    const rows = (name: string) => database.prepare(`SELECT a FROM ${name}`).pluck().all() as string[];
    return { place: rows('main.t'), temporary: rows('temp.s') };
  } finally {
    await kysely.destroy();
  }
}

test.each([
  ['rows', `op.bulkInsert('t', [{ id: 1, a: 'x' }]);`],
  ['a change', `op.addColumn('t', column('b', t.text()));`],
  [
    'a change after a step of the author',
    `op.execute('SELECT 1'); op.alterColumn('t', 'a', { nullable: false });`,
  ],
])(
  'a temporary table of the connection does not get what is meant for the one it hides: %s',
  async (_, up) => {
    await expect(
      upgradeWith('CREATE TEMP TABLE t (id INTEGER PRIMARY KEY, a TEXT)', up),
    ).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringContaining('a temporary table of this connection has its name'),
      facts: { revision: 'aaaa02' },
    });
  },
);

test('one that a script makes for itself is filled and read', async () => {
  const up = `op.execute('CREATE TEMP TABLE s (a TEXT)'); op.bulkInsert('s', [{ a: 'x' }]); op.execute('INSERT INTO t (a) SELECT a FROM s');`;
  expect(await upgradeWith('', up)).toEqual({ place: ['x'], temporary: ['x'] });
});
