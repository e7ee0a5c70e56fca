import * as fc from 'fast-check';
import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { normalizeSchema } from '../../src/dialects/postgresql/normalize-schema.ts';
import type { Session } from '../../src/driver/driver.ts';
import { OperationError } from '../../src/errors.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { reverseAll } from '../../src/operations/reverse.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { localizeAll, run, type Server, withDatabase } from './database.ts';
import { any, type Draw, draws, lossless, operationsOf, sampleOf } from './random-operations.ts';

const runs = Number(process.env.FRESHMAKER_PROPERTY_RUNS ?? 15);
const ROWS = 5;

interface Walk {
  readonly operations: readonly Operation[];
  readonly after: Schema;
}

/** The operations that draws stand for, without those that the schema they meet has no place for. */
function walk(makes: typeof any, all: readonly Draw[], before: Schema): Walk {
  const operations: Operation[] = [];
  let schema = before;
  for (const draw of all) {
    try {
      const localized = localizeAll(operationsOf(makes, draw, schema), schema);
      postgresqlDialect.compile(localized.operations, schema);
      operations.push(...localized.operations);
      schema = localized.after;
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
    }
  }
  return { operations, after: schema };
}

/** A column that was dropped comes back as the last one, a table too. */
function comparable(schema: Schema): Schema {
  const { tables, ...rest } = normalizeSchema(schema);
  const byName = tables.map((table) => ({
    ...table,
    columns: table.columns.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
  }));
  return { ...rest, tables: byName };
}

async function insertRows(session: Session, schema: Schema): Promise<void> {
  for (const table of schema.tables) {
    const columns = table.columns.filter((each) => each.name !== 'ref');
    for (let row = 1; row <= ROWS; row++) {
      const values = columns.map((column) => {
        if (column.name === 'id') return String(row);
        const value = row === 1 && column.nullable ? null : sampleOf(column.type, row);
        return postgresqlDialect.quoteLiteral(value);
      });
      const names = columns.map((each) => postgresqlDialect.quoteIdentifier(each.name)).join(', ');
      const target = `${postgresqlDialect.quoteIdentifier(table.name)} (${names})`;
      await session.query(`INSERT INTO ${target} OVERRIDING SYSTEM VALUE VALUES (${values.join(', ')})`);
    }
    const reference = table.foreignKeys.find((key) => key.columns.includes('ref'));
    if (reference)
      await session.query(`UPDATE ${postgresqlDialect.quoteIdentifier(table.name)} SET ref = id`);
  }
}

/** Every row of every table as text, by table. */
async function rowsOf(session: Session, schema: Schema): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const { name } of schema.tables) {
    const query = `SELECT to_jsonb(t)::text AS row FROM ${postgresqlDialect.quoteIdentifier(name)} t ORDER BY 1`;
    all[name] = (await session.query(query)).rows.map((row) => row.row);
  }
  return all;
}

async function check(server: Server, property: (session: Session) => Promise<void>): Promise<void> {
  await withDatabase(server, async (session) => {
    await session.query("SET client_min_messages = 'warning'");
    await property(session);
  });
}

/** A database is too dear to make one for every run: all that a run made goes with its schema. */
async function emptied(session: Session, work: () => Promise<void>): Promise<void> {
  await session.query('CREATE SCHEMA one_run');
  await session.query('SET search_path = one_run');
  try {
    await work();
  } finally {
    await session.query('DROP SCHEMA one_run CASCADE');
  }
}

describe.each(postgresqlServers())('$name', (server) => {
  test('the schema is at every step what was foretold, and taking all back leads to where it began', async () => {
    await check(server, (session) =>
      fc.assert(
        fc.asyncProperty(
          draws({ minLength: 2, maxLength: 5 }),
          draws({ minLength: 1, maxLength: 12 }),
          (first, second) =>
            emptied(session, async () => {
              const start = walk([any[0] as (typeof any)[number]], first, emptySchema);
              await run(session, start.operations, emptySchema);
              const { operations, after } = walk(any, second, start.after);
              let schema = start.after;
              for (const operation of operations) {
                schema = await run(session, [operation], schema);
                const found = await postgresqlDialect.inspect(session);
                expect(comparable(found)).toEqual(comparable(schema));
              }
              const back = reverseAll(operations, start.after) ?? [];
              await run(session, back, after);
              const found = await postgresqlDialect.inspect(session);
              expect(comparable(found)).toEqual(comparable(start.after));
            }),
        ),
        { numRuns: runs, includeErrorInReport: true },
      ),
    );
  }, 600_000);

  test('changes that lose nothing lose nothing: taking them back brings back every row', async () => {
    await check(server, (session) =>
      fc.assert(
        fc.asyncProperty(
          draws({ minLength: 1, maxLength: 4 }),
          draws({ minLength: 1, maxLength: 12 }),
          (first, second) =>
            emptied(session, async () => {
              const start = walk([lossless[0] as (typeof any)[number]], first, emptySchema);
              await run(session, start.operations, emptySchema);
              await insertRows(session, start.after);
              const rows = await rowsOf(session, start.after);
              const { operations, after } = walk(lossless, second, start.after);
              await run(session, operations, start.after);
              expect(comparable(await postgresqlDialect.inspect(session))).toEqual(comparable(after));
              await run(session, reverseAll(operations, start.after) ?? [], after);
              expect(comparable(await postgresqlDialect.inspect(session))).toEqual(comparable(start.after));
              expect(await rowsOf(session, start.after)).toEqual(rows);
            }),
        ),
        { numRuns: runs, includeErrorInReport: true },
      ),
    );
  }, 600_000);
});
