import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { sqliteDialect } from '../../src/dialects/sqlite/dialect.ts';
import type { Session } from '../../src/driver/driver.ts';
import type { Execute, Operation, SchemaOperation } from '../../src/operations/operation.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { run, withDatabase } from '../postgresql/database.ts';
import { SqliteDatabase } from '../sqlite-database.ts';

/** An empty database to try comparisons on. */
export interface TestDatabase {
  readonly dialect: Dialect;
  inspect(): Promise<Schema>;
  /** Runs operations as one revision. */
  migrate(operations: readonly Operation[]): Promise<void>;
  /** Runs statements as somebody at the database's own console would. */
  byHand(...statements: readonly string[]): Promise<void>;
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
}

export interface Engine {
  readonly name: string;
  readonly dialect: Dialect;
  /** Lends an empty database. */
  lend<Result>(work: (database: TestDatabase) => Promise<Result>): Promise<Result>;
}

const exclude = (table: string) => table === 'alembic_version';

async function lendSqlite<Result>(work: (database: TestDatabase) => Promise<Result>): Promise<Result> {
  using database = new SqliteDatabase();
  const inspect = async () => without(await database.inspect());
  return await work({
    dialect: sqliteDialect,
    inspect,
    migrate: async (operations) => {
      await database.migrate(schemaOperations(operations));
    },
    byHand: async (...statements) => {
      for (const statement of statements) database.raw.exec(statement);
    },
    query: async (sql) => database.raw.prepare(sql).all() as Record<string, unknown>[],
  });
}

function without(schema: Schema): Schema {
  return { ...schema, tables: schema.tables.filter((table) => !exclude(table.name)) };
}

/** An `execute` of the comparison is only ever for comments, which SQLite does not have. */
function schemaOperations(operations: readonly Operation[]): SchemaOperation[] {
  return operations.filter((each) => each.kind !== 'execute') as SchemaOperation[];
}

/** Runs what changes the schema as one step, and the statements before and behind it. */
async function migratePostgresql(
  session: Session,
  operations: readonly Operation[],
  inspect: () => Promise<Schema>,
) {
  const statements = (some: readonly Operation[]) =>
    some.flatMap((each) => (each.kind === 'execute' ? [textOf(each.sql)] : []));
  const isStatement = ({ kind }: Operation) => kind === 'execute';
  const from = operations.findIndex((each) => !isStatement(each));
  const [before, behind] =
    from === -1 ? [operations, []] : [operations.slice(0, from), operations.slice(from)];
  for (const statement of statements(before)) await session.query(statement);
  if (behind.length > 0) await run(session, schemaOperations(behind), await inspect());
  for (const statement of statements(behind)) await session.query(statement);
}

function textOf(sql: Execute['sql']): string {
  const text = typeof sql === 'string' ? sql : sql.postgresql;
  if (text === null) throw new Error('Only what PostgreSQL runs is expected here.');
  return text;
}

export const engines: readonly Engine[] = [
  { name: 'sqlite', dialect: sqliteDialect, lend: lendSqlite },
  ...postgresqlServers().map(
    (server): Engine => ({
      name: server.name,
      dialect: postgresqlDialect,
      lend: (work) =>
        withDatabase(server, (session) => {
          const inspect = () => postgresqlDialect.inspect(session, { exclude });
          return work({
            dialect: postgresqlDialect,
            inspect,
            migrate: async (operations) => {
              await migratePostgresql(session, operations, inspect);
            },
            byHand: async (...statements) => {
              for (const statement of statements) await session.query(statement);
            },
            query: async (sql) => (await session.query(sql)).rows,
          });
        }),
    }),
  ),
];
