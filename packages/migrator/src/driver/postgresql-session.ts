import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { QueryResult, Session } from './driver.ts';
import { KyselySession } from './kysely-session.ts';

/** A session over one connection of our own, which can be sent several statements at once. */
class PostgresqlSession extends KyselySession {
  readonly #client: pg.ClientBase;

  constructor(kysely: Kysely<unknown>, client: pg.ClientBase) {
    super(kysely);
    this.#client = client;
  }

  override async queryInTurn<Row>(statements: readonly string[]): Promise<QueryResult<Row>> {
    // Without parameters, one message of the protocol may hold any number of statements, and is answered by as many results.
    const results: unknown = await this.#client.query(statements.join(';\n'));
    const last: pg.QueryResult = Array.isArray(results) ? results.at(-1) : results;
    return { rows: last.rows, affected: last.command === 'SELECT' ? 0 : (last.rowCount ?? 0) };
  }
}

/** Lends a connection of a pool as a session to `work`, and gives it back. */
export async function withPostgresqlSession<Result>(
  pool: pg.Pool,
  client: pg.PoolClient,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const poolOfOne: pg.Pool = Object.create(pool, { connect: { value: async () => client } });
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: poolOfOne }) });
  return kysely.connection().execute((connection) => work(new PostgresqlSession(connection, client)));
}
