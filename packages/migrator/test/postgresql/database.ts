import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { lendDatabase } from '../../../../tooling/jest/lend-database.ts';
import type { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import type { Session } from '../../src/driver/driver.ts';
import { KyselySession } from '../../src/driver/kysely-session.ts';
import { apply } from '../../src/operations/apply.ts';
import type { Operation, SchemaOperation } from '../../src/operations/operation.ts';
import { Operations } from '../../src/operations/operations.ts';
import type { Schema } from '../../src/schema/schema.ts';

export type Server = ReturnType<typeof postgresqlServers>[number];

/** Lends one connection to an empty database of its own. */
export async function withDatabase<Result>(
  server: Server,
  work: (session: Session, url: string) => Promise<Result>,
): Promise<Result> {
  await using database = await lendDatabase(server);
  return await withSession(database.url, (session) => work(session, database.url));
}

/** Lends one connection. */
export async function withSession<Result>(
  url: string,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // A connection that a test cuts off is reported by the next query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await kysely.connection().execute((connection) => work(new KyselySession(connection)));
  } finally {
    await kysely.destroy();
  }
}

/** What a script records. */
export function record(script: (op: Operations) => void): readonly Operation[] {
  const op = new Operations();
  script(op);
  return op.recorded;
}

export interface Localized {
  readonly operations: readonly SchemaOperation[];
  readonly after: Schema;
}

/** Operations as PostgreSQL carries them out, each on the schema that the ones before it leave. */
export function localizeAll(operations: readonly Operation[], before: Schema): Localized {
  const localized: SchemaOperation[] = [];
  let schema = before;
  for (const operation of operations) {
    const local = postgresqlDialect.localize(operation, schema) as SchemaOperation;
    localized.push(local);
    schema = apply(schema, local);
  }
  return { operations: localized, after: schema };
}

/**
 * Runs schema operations as one revision, in a transaction but for what must be outside it, and returns the schema they
 * should have led to.
 */
export async function run(
  session: Session,
  operations: readonly Operation[],
  before: Schema,
): Promise<Schema> {
  const { operations: localized, after } = localizeAll(operations, before);
  let open = false;
  const setOpen = async (wanted: boolean, end = 'COMMIT') => {
    if (open !== wanted) await session.query(wanted ? 'BEGIN' : end);
    open = wanted;
  };
  try {
    for (const each of postgresqlDialect.compile(localized, before).statements) {
      await setOpen(!(each.kind === 'sql' && each.outsideTransaction));
      const { rows } = await session.query(each.sql);
      if (each.kind === 'assertion' && Object.values(rows[0] ?? {})[0] !== true)
        throw new Error(each.message);
    }
    await setOpen(false);
  } finally {
    await setOpen(false, 'ROLLBACK');
  }
  return after;
}
