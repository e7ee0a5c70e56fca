import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Configuration, defineEntity, type Options, p } from '@mikro-orm/core';
import { MikroORM as PostgresqlOrm } from '@mikro-orm/postgresql';
import { MikroORM as SqliteOrm } from '@mikro-orm/sqlite';
import { lendDatabase } from '../../../../tooling/jest/lend-database.ts';
import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { MigratorError, RevisionMigrator } from '../../src/index.ts';

const Author = defineEntity({
  name: 'Author',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    born: p.integer().nullable(),
  },
});

const options = {
  entities: [Author],
  extensions: [RevisionMigrator],
} satisfies Partial<Options>;

// An object of its own for each ORM: a test changes the path.
const migrations = () => ({ path: fileURLToPath(new URL('history', import.meta.url)), silent: true });

/** MikroORM does not read the directory of a socket from a URL. */
function connectionOf(url: string) {
  const { username, pathname, searchParams, hostname, port } = new URL(url);
  return {
    user: decodeURIComponent(username),
    host: searchParams.get('host') ?? hostname,
    port: Number(searchParams.get('port') ?? (port || 5432)),
    dbName: decodeURIComponent(pathname.slice(1)),
  };
}

const engines = [
  {
    name: 'SQLite in memory',
    open: async () => {
      const orm = await SqliteOrm.init({ ...options, migrations: migrations(), dbName: ':memory:' });
      return { orm, close: () => orm.close(true) };
    },
  },
  ...postgresqlServers().map((server) => ({
    name: server.name,
    open: async () => {
      const { url, drop } = await lendDatabase(server);
      const orm = await PostgresqlOrm.init({ ...options, migrations: migrations(), ...connectionOf(url) });
      const close = async () => {
        await orm.close(true);
        await drop();
      };
      return { orm, close };
    },
  })),
];

describe.each(engines)('RevisionMigrator on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let migrator: RevisionMigrator;
  const names = (list: readonly { readonly name: string }[]) => list.map((each) => each.name);

  beforeEach(async () => {
    opened = await open();
    migrator = opened.orm.migrator as unknown as RevisionMigrator;
  });
  afterEach(() => opened.close());

  test('takes the place of the stock migrator', () => {
    expect(migrator).toBeInstanceOf(RevisionMigrator);
  });

  test("goes up and down with MikroORM's own calls", async () => {
    const heard: string[] = [];
    for (const event of ['migrating', 'migrated', 'reverting', 'reverted'] as const) {
      migrator.on(event, ({ name }) => void heard.push(`${event} ${name.slice(0, 2)}`));
    }
    expect(names(await migrator.getPending())).toEqual([
      'aaaaaaaaaaaa_create_authors',
      'bbbbbbbbbbbb_add_born',
    ]);
    expect(names(await migrator.up())).toEqual(['aaaaaaaaaaaa_create_authors', 'bbbbbbbbbbbb_add_born']);
    expect(names(await migrator.getExecuted())).toEqual([
      'aaaaaaaaaaaa_create_authors',
      'bbbbbbbbbbbb_add_born',
    ]);
    expect(await migrator.getPending()).toEqual([]);
    expect(await migrator.up()).toEqual([]);

    expect(names(await migrator.down())).toEqual(['bbbbbbbbbbbb_add_born']);
    expect(names(await migrator.getPending())).toEqual(['bbbbbbbbbbbb_add_born']);
    expect(names(await migrator.up({ to: 'bbbbbbbbbbbb_add_born' }))).toHaveLength(1);
    expect(names(await migrator.down({ to: 'aaaaaaaaaaaa' }))).toEqual(['bbbbbbbbbbbb_add_born']);
    expect(names(await migrator.down({ to: 0 }))).toEqual(['aaaaaaaaaaaa_create_authors']);
    expect(await migrator.down()).toEqual([]);
    expect(heard.slice(0, 4)).toEqual(['migrating aa', 'migrated aa', 'migrating bb', 'migrated bb']);
    expect(heard.slice(4, 6)).toEqual(['reverting bb', 'reverted bb']);
  });

  test('entities work on what the revisions made', async () => {
    await migrator.upgrade();
    const em = opened.orm.em.fork();
    em.create(Author, { name: 'Christine' });
    await em.flush();
    expect(await em.fork().find(Author, {})).toMatchObject([{ id: 1, name: 'Christine' }]);
    await migrator.assertAtHead();
  });

  test("speaks Alembic's words too", async () => {
    await migrator.upgrade('+1');
    expect((await migrator.current()).current).toEqual([{ revision: 'aaaaaaaaaaaa', isHead: false }]);
    await expect(migrator.assertAtHead()).rejects.toMatchObject({ code: 'DATABASE_NOT_AT_HEAD' });
    await migrator.stamp('head');
    expect((await migrator.current()).current).toEqual([{ revision: 'bbbbbbbbbbbb', isHead: true }]);
    expect((await migrator.history()).revisions.map((each) => each.message)).toEqual([
      'Add the year of birth',
      'Create authors',
    ]);
  });

  test('compares entities and database, and writes what is missing', async () => {
    await migrator.upgrade('+1');
    await expect(migrator.checkSchema()).rejects.toMatchObject({ code: 'DATABASE_NOT_AT_HEAD' });
    expect((await migrator.plan()).steps).toMatchObject([
      { revision: 'bbbbbbbbbbbb', operations: [{ kind: 'addColumn', table: 'author', column: 'born' }] },
    ]);
    await migrator.upgrade();
    expect(await migrator.checkSchema()).toBe(false);
    expect(await migrator.create()).toEqual({ fileName: '', code: '', diff: { up: [], down: [] } });

    await opened.orm.em.getConnection().execute('drop table author');
    await opened.orm.em
      .getConnection()
      .execute('create table author (id integer primary key, name varchar(255) not null)');
    expect(await migrator.checkSchema()).toBe(true);
    const { operations, script } = await migrator.revision({ autogenerate: true, dryRun: true });
    expect(operations).toContainEqual(expect.objectContaining({ kind: 'addColumn', column: 'born' }));
    expect(script).toContain("op.addColumn('author', column('born', t.integer()));");
  });

  test('writes what the database has and the scripts do not', async () => {
    await migrator.upgrade();
    const connection = opened.orm.em.getConnection();
    await connection.execute('create table mikro_orm_migrations (id integer)');
    const options = { fromDatabase: true, dryRun: true } as const;
    expect(await migrator.revision(options)).toMatchObject({ revision: null, notCompared: [], stamp: null });
    await connection.execute('alter table author add column note varchar(20)');
    await connection.execute('create view names as select name from author');
    const { operations, script, notCompared } = await migrator.revision(options);
    expect(operations).toMatchObject([{ kind: 'addColumn', table: 'author', column: 'note' }]);
    expect(script).toContain("op.addColumn('author', column('note', t.string(20)));");
    expect(notCompared).toEqual([{ table: 'names', what: 'it is a view' }]);
  });

  test("leaves out MikroORM's own table of migrations, and tables that the ORM skips", async () => {
    await migrator.upgrade();
    const connection = opened.orm.em.getConnection();
    await connection.execute('create table mikro_orm_migrations (id integer)');
    expect(await migrator.checkSchema()).toBe(false);
    await connection.execute('create table sessions (id integer)');
    expect(await migrator.checkSchema()).toBe(true);
    (opened.orm.config as Configuration).get('schemaGenerator').skipTables = ['sessions'];
    expect(await migrator.checkSchema()).toBe(false);
    expect((await migrator.create()).diff.up).toEqual([]);
  });

  test("writes scripts through MikroORM's own call", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'revision-migrator-'));
    try {
      await mkdir(join(folder, 'versions'));
      (opened.orm.config as Configuration).get('migrations').path = folder;
      const { fileName, code, diff } = await migrator.create(undefined, false, false, 'Create authors');
      expect(fileName).toMatch(/^[0-9a-f]{12}_create_authors\.ts$/);
      expect(code).toContain("op.createTable('author'");
      expect(diff.up).toEqual(['createTable author']);
      expect(names(await migrator.up())).toHaveLength(1);
      expect(await migrator.checkSchema()).toBe(false);
      const blank = await migrator.create(undefined, true, false, 'Nothing yet');
      expect(blank.diff.up).toEqual(['an empty revision']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('refuses what would leave the graph', async () => {
    await migrator.up();
    await expect(migrator.down('aaaaaaaaaaaa')).rejects.toMatchObject({ code: 'USAGE_INVALID' });
    await expect(migrator.rollup()).rejects.toBeInstanceOf(MigratorError);
    await expect(migrator.logMigration()).rejects.toMatchObject({ code: 'OPERATION_NOT_SUPPORTED' });
    await opened.orm.em.transactional(async (em) => {
      const transaction = em.getTransactionContext();
      for (const refused of [migrator.up({ transaction }), migrator.up(), migrator.downgrade()]) {
        await expect(refused).rejects.toMatchObject({ code: 'OPERATION_NOT_SUPPORTED' });
      }
    });
    expect(names(await migrator.down(['bbbbbbbbbbbb_add_born', 'aaaaaaaaaaaa']))).toHaveLength(2);
  });
});

test.each([
  [false, ['No operation makes what the entities say of names (it is a view): use op.execute.']],
  [true, []],
])('create says what it leaves to authors, unless told to be silent: %s', async (silent, expected) => {
  const Names = defineEntity({
    name: 'Names',
    view: true,
    expression: 'select name from author',
    properties: { name: p.string().primary() },
  });
  const folder = await mkdtemp(join(tmpdir(), 'revision-migrator-'));
  await mkdir(join(folder, 'versions'));
  const heard: string[] = [];
  const orm = await SqliteOrm.init({
    ...options,
    entities: [Author, Names],
    migrations: { path: folder, silent },
    dbName: ':memory:',
    colors: false,
    logger: (message) => heard.push(message),
  });
  try {
    const { diff } = await orm.migrator.create();
    expect(diff.up).toEqual(['createTable author']);
    expect(heard).toEqual(expected.map((text) => `[migrator] ${text}`));
  } finally {
    await orm.close(true);
    await rm(folder, { recursive: true });
  }
});
