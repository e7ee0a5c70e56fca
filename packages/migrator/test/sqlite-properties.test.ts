import fc from 'fast-check';
import { sqliteDialect } from '../src/dialects/sqlite/dialect.ts';
import { apply } from '../src/operations/apply.ts';
import type { SchemaOperation } from '../src/operations/operation.ts';
import { reverseAll } from '../src/operations/reverse.ts';
import type { Schema } from '../src/schema/schema.ts';
import { Choices, createTables, insertRows, quoted } from './random-schema.ts';
import { randomStep, takesTablesName } from './random-steps.ts';
import { comparable, localizeAll, recorded, SqliteDatabase } from './sqlite-database.ts';

const numbers = fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 120 });

/** SQLite quotes a name where it renames it in an expression. */
function normal(schema: Schema): unknown {
  return JSON.parse(JSON.stringify(comparable(schema)).replaceAll('\\"', ''));
}

/** Also without the order of constraints, which dropping and creating again changes. */
function unordered(schema: Schema): unknown {
  const sorted = <T>(list: readonly T[]) =>
    list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return normal({
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      uniques: sorted(table.uniques),
      checks: sorted(table.checks),
      foreignKeys: sorted(table.foreignKeys),
    })),
  });
}

async function filledDatabase(choices: Choices): Promise<SqliteDatabase> {
  const database = new SqliteDatabase();
  await database.migrate(recorded((op) => createTables(choices, op)));
  for (const statement of insertRows(choices, await database.inspect())) database.raw.exec(statement);
  return database;
}

/** The same, with a trigger on each table that mentions all its columns. */
async function withTriggers(choices: Choices): Promise<SqliteDatabase> {
  const database = await filledDatabase(choices);
  for (const [at, { name, columns }] of (await database.inspect()).tables.entries()) {
    const own = columns.filter((each) => each.generated === null).map((each) => quoted(each.name));
    const sets = own.map((each) => `${each} = NEW.${each}`).join(', ');
    database.raw.exec(
      `CREATE TRIGGER tr_${at} AFTER INSERT ON ${quoted(name)} BEGIN UPDATE ${quoted(name)} SET ${sets} WHERE 0; END`,
    );
  }
  return database;
}

/** Several random steps that fit one after the other. */
function randomOperations(choices: Choices, before: Schema, lossless: boolean): SchemaOperation[] {
  const operations: SchemaOperation[] = [];
  let schema = before;
  for (let more = choices.below(6); more >= 0; more--) {
    const { localized, schema: after } = localizeAll(randomStep(choices, schema, lossless), schema);
    operations.push(...localized);
    schema = after;
  }
  return operations;
}

function contents(database: SqliteDatabase, schema: Schema): Map<string, unknown[]> {
  return new Map(schema.tables.map((table) => [table.name, database.contents(table.name)]));
}

describe('on random schemas with rows', () => {
  test('inspecting gives what the operations say', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        const choices = new Choices(given);
        using database = await filledDatabase(choices);
        const before = await database.inspect();
        const operations = randomOperations(choices, before, false);
        database.run(sqliteDialect.compile(operations, before));
        expect(normal(await database.inspect())).toEqual(normal(operations.reduce(apply, before)));
      }),
      { numRuns: 200 },
    );
  });

  test('operations taken back leave rows and structure as they were', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        const choices = new Choices(given);
        using database = await filledDatabase(choices);
        const before = await database.inspect();
        const rows = contents(database, before);
        const operations = randomOperations(choices, before, true);
        const back = reverseAll(operations, before);
        database.run(sqliteDialect.compile(operations, before));
        await database.migrate(back as SchemaOperation[]);
        const after = await database.inspect();
        expect(unordered(after)).toEqual(unordered(before));
        expect(contents(database, after)).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  test('one plan for all operations does what a plan for each does', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        const choices = new Choices(given);
        using together = await filledDatabase(choices);
        using alone = await filledDatabase(new Choices(given));
        const before = await together.inspect();
        const operations = randomOperations(choices, before, false);
        together.run(sqliteDialect.compile(operations, before));
        for (const operation of operations) {
          const now = await alone.inspect();
          alone.run(sqliteDialect.compile([sqliteDialect.localize(operation, now) as SchemaOperation], now));
        }
        const after = await together.inspect();
        expect(normal(await alone.inspect())).toEqual(normal(after));
        expect(contents(alone, after)).toEqual(contents(together, after));
      }),
      { numRuns: 100 },
    );
  });

  test('one plan does so, too, where triggers mention what is renamed', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        using together = await withTriggers(new Choices(given));
        using alone = await withTriggers(new Choices(given));
        const before = await together.inspect();
        const choices = new Choices(given.toReversed());
        const operations = randomOperations(choices, before, false);
        // By that name a trigger has something to use still.
        const dropsRowid = operations.some(
          (each) => each.kind === 'dropColumn' && /^(_rowid_|rowid|oid)$/i.test(each.column),
        );
        fc.pre(!dropsRowid && !takesTablesName(operations, before));
        for (const operation of operations) {
          const now = await alone.inspect();
          try {
            alone.run(
              sqliteDialect.compile([sqliteDialect.localize(operation, now) as SchemaOperation], now),
            );
          } catch {
            // A column goes that a trigger uses.
            return;
          }
        }
        together.run(sqliteDialect.compile(operations, before));
        const after = await together.inspect();
        expect(normal(await alone.inspect())).toEqual(normal(after));
        expect(contents(alone, after)).toEqual(contents(together, after));
        done++;
      }),
      { numRuns: 150 },
    );
    expect(done).toBeGreaterThan(20);
  });
});
