import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { sqliteDialect } from '../../src/dialects/sqlite/dialect.ts';
import type { Operation, SchemaOperation } from '../../src/operations/operation.ts';
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
      await database.migrate(operations as readonly SchemaOperation[]);
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
              await run(session, operations as readonly SchemaOperation[], await inspect());
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
