import type { Schema } from '../src/schema/schema.ts';
import { rebuildScenarios } from './rebuild-scenarios.ts';
import { comparable, recorded, SqliteDatabase } from './sqlite-database.ts';

function answers(database: SqliteDatabase, queries: readonly string[]): unknown[] {
  return queries.map((query) => database.raw.prepare(query).safeIntegers().raw().all());
}

/** Everything there is, to see that a failure changed none of it. */
function dump(database: SqliteDatabase): unknown {
  const objects = database.raw.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  const tables = database.raw
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    .pluck()
    .all() as string[];
  return [objects, tables.toSorted().map((table) => [table, database.contents(table)])];
}

/** SQLite quotes a name where it renames it in an expression. */
function unquoted(tables: Schema['tables']): unknown {
  return JSON.parse(JSON.stringify(tables).replaceAll('\\"', ''));
}

const failing = rebuildScenarios.filter((each) => each.fails);
const succeeding = rebuildScenarios.filter((each) => !each.fails);

describe('a rebuild keeps', () => {
  test.each(succeeding)('$name', async ({ setup, change, keeps, gives = [] }) => {
    using database = new SqliteDatabase(setup);
    const before = answers(database, keeps);
    const { schema } = await database.migrate(recorded(change));
    expect(answers(database, keeps)).toEqual(before);
    for (const [query, rows] of gives) {
      expect([query, database.raw.prepare(query).raw().all()]).toEqual([query, rows]);
    }
    const found = comparable(await database.inspect());
    expect(unquoted(found.tables)).toEqual(unquoted(comparable(schema).tables));
    expect(database.raw.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(database.raw.pragma('legacy_alter_table')).toEqual([{ legacy_alter_table: 0 }]);
  });
});

describe('a failed rebuild changes nothing', () => {
  test.each(failing)('$name', async ({ setup, change, fails }) => {
    using database = new SqliteDatabase(setup);
    const before = dump(database);
    await expect(database.migrate(recorded(change))).rejects.toThrow(fails);
    expect(dump(database)).toEqual(before);
  });
});

test('there is nothing to lose that was not there: every scenario has rows', () => {
  for (const { name, setup } of rebuildScenarios) {
    using database = new SqliteDatabase(setup);
    const counts = database.raw
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'",
      )
      .pluck()
      .all()
      .map((table) => database.contents(table as string).length);
    expect([name, Math.max(...counts) > 0]).toEqual([name, true]);
  }
});
