import { execFileSync } from 'node:child_process';
import { chmodSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describePostgresql } from '../../../../tooling/jest/postgresql.ts';
import { startPostgresqlServer } from '../../../testing/src/postgresql-server/index.ts';
import { upgrade } from '../../src/commands/upgrade.ts';
import { KyselyDriver } from '../../src/driver/kysely-driver.ts';
import { chain } from './history.ts';
import { startProcess } from './migrate-process.ts';
import {
  contentsOf,
  engines,
  newFolder,
  type Place,
  placeOf,
  postgresql,
  postgresqlSettings,
  sqlite,
  versionsOf,
} from './place.ts';
import { startUpgrade } from './start-upgrade.ts';

const table = `op.createTable('numbers', [column('id', t.integer(), { primaryKey: true }), column('value', t.text())]);
  op.bulkInsert('numbers', Array.from({ length: 100 }, (_, at) => ({ id: at, value: 'row ' + at })));`;

const contextOf = (place: Place, ...ups: readonly (readonly [string, string])[]) => ({
  driver: place.driver,
  scripts: place.scripts(chain(...ups)),
});

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

describe.each(engines)('$name', (engine) => {
  test.each([
    ['a statement', `op.execute('SELECT broken');`, 'SELECT broken'],
    [
      'a data step',
      `op.run(async (db, context) => { await db.deleteFrom('numbers').execute(); context.fail('No.', { hint: 'Do.' }); });`,
      undefined,
    ],
    [
      'rows in the way',
      `op.createIndex('idx', 'made', ['a'], { unique: true });`,
      expect.stringContaining('idx'),
    ],
  ])(
    '%s that fails takes back structure and rows; revisions before it stay',
    async (_, failing, statement) => {
      await using place = await engine.open();
      const second = `op.createTable('made', [column('a', t.integer())]); op.bulkInsert('made', [{ a: 1 }, { a: 1 }]);
      op.alterColumn('numbers', 'value', { type: t.string(50) }); op.execute("DELETE FROM numbers WHERE id < 50"); ${failing}`;
      const context = contextOf(place, ['aaaa01', table], ['aaaa02', second]);
      await upgrade(context, 'aaaa01');
      const before = await contentsOf(place);
      await using fresh = await engine.open();
      const whole = { driver: fresh.driver, scripts: context.scripts };
      await expect(upgrade(whole)).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        message: expect.stringContaining('stay applied'),
        facts: {
          revision: 'aaaa02',
          direction: 'upgrade',
          applied: [{ revision: 'aaaa01', direction: 'upgrade' }],
          ...(statement === undefined ? {} : { statement }),
        },
      });
      expect(await contentsOf(fresh)).toEqual(before);
      expect(await versionsOf(fresh)).toEqual(['aaaa01']);
    },
  );

  test.each(['SIGINT', 'SIGTERM'] as const)('%s rolls back what is not finished', async (signal) => {
    await using place = await engine.open();
    const slow = `op.createTable('made', [column('a', t.integer())]);
      op.run(async (db, context) => {
        context.log('working');
        for (let at = 0; ; at++) { await db.insertInto('made').values({ a: at }).execute(); await new Promise((resolve) => setTimeout(resolve, 5)); }
      });`;
    const order = { settings: place.settings, ...place.scripts(chain(['aaaa01', table], ['aaaa02', slow])) };
    const { child, ended, said } = startProcess(order);
    await said('log: working');
    child.kill(signal);
    expect(await ended).toMatchObject({
      code: 130,
      error: { code: 'INTERRUPTED', revision: 'aaaa02', applied: [{ revision: 'aaaa01' }] },
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    await expect(place.query('SELECT * FROM made')).rejects.toThrow();
  });
});

describe('SQLite', () => {
  const growing = `op.execute("CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, hex(zeroblob(500)) AS text FROM n");`;

  test('a file that may not grow any more is as it was before the revision', async () => {
    await using place = await sqlite.open();
    await upgrade(contextOf(place, ['aaaa01', table]));
    const before = await contentsOf(place);
    const database = new Database(place.settings.dialect === 'sqlite' ? place.settings.path : '');
    database.pragma('max_page_count = 100');
    const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
    const driver = new KyselyDriver('sqlite', 'SQLite file', async () => kysely);
    await expect(
      upgrade({ driver, scripts: place.scripts(chain(['aaaa01', table], ['aaaa02', growing])) }),
    ).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('full'),
      hint: expect.stringContaining('Free space'),
      facts: { revision: 'aaaa02' },
    });
    await kysely.destroy();
    expect(await contentsOf(place)).toEqual(before);
    expect((await upgrade(contextOf(place, ['aaaa01', table], ['aaaa02', growing]))).current).toEqual([
      'aaaa02',
    ]);
  });

  (isRoot && canMount() ? test : test.skip)(
    'a full disk undoes the revision; a rebuild without room is refused before it begins',
    async () => {
      const folder = newFolder();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
      try {
        await using place = placeOf(
          { dialect: 'sqlite', path: join(folder, 'test.db') },
          newFolder(),
          async () => undefined,
        );
        await upgrade(contextOf(place, ['aaaa01', table]));
        const before = await contentsOf(place);
        const tooBig = growing.replace('3000', '30000');
        await expect(upgrade(contextOf(place, ['aaaa01', table], ['aaaa02', tooBig]))).rejects.toMatchObject({
          code: 'MIGRATION_FAILED',
          hint: expect.stringContaining('Free space'),
        });
        expect(await contentsOf(place)).toEqual(before);
        expect(await versionsOf(place)).toEqual(['aaaa01']);

        // More than half of the disk: there is no room for a second one.
        const grown = [
          'aaaa02',
          `op.createTable('big', [column('i', t.integer()), column('text', t.text())]); ${growing.replace('CREATE TABLE big AS', 'INSERT INTO big').replace('3000', '1600')}`,
        ] as const;
        await using second = placeOf(place.settings, newFolder(), async () => undefined);
        await upgrade(contextOf(second, ['aaaa01', table], grown));
        const { bavail, bsize } = statfsSync(folder);
        const events: string[] = [];
        const rebuild = contextOf(second, ['aaaa01', table], grown, [
          'aaaa03',
          `op.alterColumn('big', 'i', { nullable: false });`,
        ]);
        const listener = (event: { type: string }) => void events.push(event.type);
        await expect(upgrade({ ...rebuild, listener })).rejects.toMatchObject({
          code: 'MIGRATION_FAILED',
          message: expect.stringContaining('Rebuilding "big" needs about'),
          facts: { tables: ['big'], availableBytes: bavail * bsize, neededBytes: expect.any(Number) },
        });
        expect(events).not.toContain('statement');
        execFileSync('mount', ['-o', 'remount,size=20m', folder]);
        expect((await upgrade(rebuild)).current).toEqual(['aaaa03']);
      } finally {
        execFileSync('umount', [folder]);
      }
    },
  );

  test('a file that may not be written is told to be read-only, and left alone', async () => {
    await using place = await sqlite.open();
    await upgrade(contextOf(place, ['aaaa01', table]));
    const before = await contentsOf(place);
    const path = place.settings.dialect === 'sqlite' ? place.settings.path : '';
    const scripts = place.scripts(chain(['aaaa01', table], ['aaaa02', growing]));
    chmodSync(path, 0o444);
    chmodSync(place.folder, 0o555);
    try {
      const { ended } = startProcess({ settings: place.settings, ...scripts }, isRoot ? { uid: NOBODY } : {});
      expect(await ended).toMatchObject({
        code: 2,
        error: { code: 'DATABASE_READ_ONLY', revision: 'aaaa02' },
      });
    } finally {
      chmodSync(place.folder, 0o755);
      chmodSync(path, 0o644);
    }
    expect(await contentsOf(place)).toEqual(before);
  });
});

function canMount(): boolean {
  const folder = newFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  }
}

describe.each(postgresql)('$name', (engine) => {
  test('a database that may only be read is told to be', async () => {
    await using place = await engine.open();
    await upgrade(contextOf(place, ['aaaa01', table]));
    const [{ name } = { name: '' }] = await place.query<{ name: string }>(
      'SELECT current_database() AS name',
    );
    await place.query(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
    await using second = placeOf(place.settings, newFolder(), async () => undefined);
    await expect(
      upgrade(contextOf(second, ['aaaa01', table], ['aaaa02', `op.dropColumn('numbers', 'value');`])),
    ).rejects.toMatchObject({ code: 'DATABASE_READ_ONLY', facts: { revision: 'aaaa02' } });
    expect(await versionsOf(second)).toEqual(['aaaa01']);
  });

  test.each([
    [
      'in a transaction',
      `op.createTable('made', [column('a', t.integer())]); op.execute('SELECT pg_sleep(60)');`,
    ],
    [
      'outside',
      `op.run(async (db) => { await db.selectNoFrom((eb) => eb.fn('pg_sleep', [eb.val(60)]).as('s')).execute(); }, { transactional: false });`,
    ],
  ])('a lost connection (%s) leaves the database whole', async (_, slow) => {
    await using place = await engine.open();
    const { done, told } = startUpgrade(
      place,
      chain(
        ['aaaa01', table],
        ['aaaa02', `op.run(async (db, context) => { context.log('here'); }); ${slow}`],
      ),
    );
    await told(/here/);
    let ended = 0;
    while (ended === 0) {
      const rows = await place.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND datname = current_database() AND strpos(query, 'pg_sleep') > 0",
      );
      ended = rows.length;
    }
    await expect(done).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', facts: { revision: 'aaaa02' } });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await place.query("SELECT to_regclass('made')::text AS name")).toEqual([{ name: null }]);
    await using again = placeOf(place.settings, newFolder(), async () => undefined);
    const finished = chain(
      ['aaaa01', table],
      [
        'aaaa02',
        `op.run(async (db, context) => { context.log('here'); }); op.dropColumn('numbers', 'value');`,
      ],
    );
    expect((await upgrade({ driver: again.driver, scripts: again.scripts(finished) })).current).toEqual([
      'aaaa02',
    ]);
  });
});

describePostgresql('a PostgreSQL server', () => {
  test('that stops in the middle ends the run with an error that says so', async () => {
    await using server = await startPostgresqlServer();
    await using place = placeOf(postgresqlSettings(server.url), newFolder(), async () => undefined);
    const { done, events } = startUpgrade(place, chain(['aaaa01', `op.execute('SELECT pg_sleep(60)');`]));
    while (!events.some((event) => event.type === 'statement'))
      await new Promise((resolve) => setTimeout(resolve, 5));
    await server.stop();
    await expect(done).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', facts: { revision: 'aaaa01' } });
  });
});
