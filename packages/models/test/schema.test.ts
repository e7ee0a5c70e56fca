import { readFileSync } from 'node:fs';
import { MikroORM } from '@mikro-orm/sql';
import { Event, resolveDatabaseOptions } from '../src/index.ts';
import { type Engine, engines, openEmpty, type TestDatabase } from './database.ts';

interface RecordedTable {
  readonly columns: readonly { name: string; type: string; nullable: boolean; default: string | null }[];
  readonly primary_key: readonly string[];
  readonly foreign_keys: readonly {
    name: string | null;
    columns: string[];
    ref_table: string;
    ref_columns: string[];
    on_delete: string;
    on_update: string;
  }[];
  readonly indexes: readonly { name: string; columns: string[]; unique: boolean }[];
  readonly unique_constraints: readonly { name: string | null; columns: string[] }[];
}

const recordedTables = (dialect: string): Record<string, RecordedTable> => {
  const recording = readFileSync(new URL(`oracle/schemas.${dialect}.json`, import.meta.url), 'utf8');
  const { alembic_version: _, ...tables } = JSON.parse(recording).revisions.at(-1).tables;
  return tables;
};
const dump = (dialect: string): string =>
  readFileSync(new URL(`oracle/databases/${dialect}-at-head.sql`, import.meta.url), 'utf8');

/** Types as PostgreSQL and SQLite report them, beside the names that MikroORM uses. */
const reportedType: Record<string, string> = {
  int: 'integer',
  serial: 'integer',
  varchar: 'character varying',
  'varchar(200)': 'character varying(200)',
  timestamp: 'timestamp without time zone',
};

const urls = { sqlite: 'sqlite://', postgresql: 'postgresql://nobody@/nowhere' };

describe.each(['sqlite', 'postgresql'] as const)('the schema of the entities for %s', (dialect) => {
  const schemaOfEntities = async () =>
    new MikroORM(await resolveDatabaseOptions(urls[dialect], { env: {} })).schema
      .getTargetSchema()
      .getTables();

  test('has the recorded columns in their order, with type, nullability and default', async () => {
    const recorded = Object.entries(recordedTables(dialect)).map(([table, { columns }]) => [
      table,
      columns.map(({ name, type, nullable, default: value }) => ({
        name,
        type: type.toLowerCase(),
        nullable,
        default: value?.startsWith('nextval') ? null : (value?.replaceAll("'", '') ?? null),
      })),
    ]);
    const actual = (await schemaOfEntities()).map((table) => [
      table.name,
      table.getColumns().map(({ name, type, nullable, default: value }) => ({
        name,
        type: dialect === 'postgresql' ? (reportedType[type] ?? type) : type,
        nullable,
        default: value ?? null,
      })),
    ]);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(recorded));
  });

  test('has the recorded keys, constraints and indexes', async () => {
    const recorded = Object.entries(recordedTables(dialect)).map(([table, keys]) => [
      table,
      {
        primaryKey: keys.primary_key,
        foreignKeys: keys.foreign_keys.map((key) => ({
          name: key.name ?? `${table}_${key.columns.join('_')}_fkey`,
          columns: key.columns,
          to: [key.ref_table, ...key.ref_columns],
          rules: [key.on_delete, key.on_update],
        })),
        uniques: [
          ...keys.indexes.map(({ name, columns }) => [name, ...columns]),
          ...keys.unique_constraints.map(({ columns }) => [`${table}_${columns.join('_')}_key`, ...columns]),
        ],
      },
    ]);
    const byName = <T extends { name: string }>(a: T, b: T): number => a.name.localeCompare(b.name);
    const actual = (await schemaOfEntities()).map((table) => [
      table.name,
      {
        primaryKey: table.getPrimaryKey()?.columnNames,
        foreignKeys: Object.values(table.getForeignKeys())
          .map((key) => ({
            name: key.constraintName,
            columns: key.columnNames,
            to: [key.referencedTableName.replace(/^public\./, ''), ...key.referencedColumnNames],
            rules: [key.deleteRule?.toUpperCase(), key.updateRule?.toUpperCase()],
          }))
          .sort(byName),
        uniques: table
          .getIndexes()
          .filter(({ primary }) => !primary)
          .map(({ keyName, columnNames, unique }) => [
            keyName,
            ...columnNames,
            ...(unique ? [] : ['not unique']),
          ]),
      },
    ]);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(recorded));
  });
});

describe.each(engines)('a database at head made by the Python service, on $name', (engine: Engine) => {
  let database: TestDatabase;
  let em: ReturnType<TestDatabase['em']>;

  beforeAll(async () => {
    database = await openEmpty(engine);
    await database.orm.em.getConnection().executeDump(dump(engine.dialect));
    em = database.em();
    if (engine.dialect === 'postgresql') {
      await em.execute('set search_path to public');
    }
  });
  afterAll(() => database.close());

  test('has no difference from the entities', async () => {
    const sql = await database.orm.schema.getUpdateSchemaSQL();
    expect(sql.replace("set names 'utf8';", '').trim()).toBe('');
  });

  test('is read, and reading makes no row look changed', async () => {
    const before = await em.execute('select * from events order by id');
    const events = await em.findAll(Event, { populate: ['builds'], orderBy: { id: 'asc' } });
    em.getUnitOfWork().computeChangeSets();
    expect(em.getUnitOfWork().getChangeSets()).toEqual([]);
    await em.flush();
    expect(await em.execute('select * from events order by id')).toEqual(before);
    expect(events[1]?.timeCreated).toEqual(new Date('2017-12-02T10:20:30.123Z'));
    expect(events[0]?.builds[0]?.timeSubmitted).toEqual(new Date('2017-12-01T00:00:00Z'));
    expect(events.map(({ released }) => released)).toEqual([
      true,
      false,
      true,
      false,
      null,
      true,
      true,
      false,
    ]);
  });
});
