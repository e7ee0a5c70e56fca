import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import type { QueryResult } from './driver.ts';
import type { KyselySession } from './kysely-session.ts';
import { OwnSession } from './own-session.ts';

/** A session over one connection of a pool. */
export class PostgresqlSession extends OwnSession {
  readonly #pool: pg.Pool;
  readonly #client: pg.PoolClient;

  constructor(pool: pg.Pool, client: pg.PoolClient) {
    super();
    this.#pool = pool;
    this.#client = client;
  }

  protected override async send<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    return resultOf(await this.#client.query(sql, [...parameters]));
  }

  override async queryInTurn<Row>(statements: readonly string[]): Promise<QueryResult<Row>> {
    // One message of the protocol may hold any number of statements, and is answered by as many results.
    const results: unknown = await this.#client.query(statements.join(';\n'));
    return resultOf(Array.isArray(results) ? results.at(-1) : results);
  }

  protected override async lendKysely(givenBack: Promise<void>): Promise<KyselySession> {
    const { kyselySession, PostgresDialect } = await import('./kysely-session.ts');
    const client = this.#client;
    // Who has taken the connection from the pool gives it back.
    const kept: PostgresPoolClient = {
      query: client.query.bind(client),
      release: () => undefined,
    };
    const pool: PostgresPool = Object.create(this.#pool, { connect: { value: async () => kept } });
    return kyselySession(new PostgresDialect({ pool }), givenBack);
  }
}

const CHANGING: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function resultOf<Row>({ command, rowCount, rows }: pg.QueryResult): QueryResult<Row> {
  return { rows, affected: CHANGING.has(command) ? (rowCount ?? 0) : 0 };
}
