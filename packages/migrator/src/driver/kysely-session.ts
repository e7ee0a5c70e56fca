import { CompiledQuery, type Dialect, Kysely } from 'kysely';
import type { QueryResult, Session } from './driver.ts';
import { queryEach } from './query-each.ts';

// Whoever has a use for Kysely, which is large, loads this file then.
export { PostgresDialect, SqliteDialect } from 'kysely';

/** A session over one connection that Kysely holds. */
export class KyselySession implements Session {
  readonly #kysely: Kysely<unknown>;

  constructor(kysely: Kysely<unknown>) {
    this.#kysely = kysely;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<Row>> {
    const result = await this.#kysely.executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]));
    return { rows: result.rows, affected: Number(result.numAffectedRows ?? 0) };
  }

  queryInTurn<Row>(statements: readonly string[]): Promise<QueryResult<Row>> {
    return queryEach(this, statements);
  }

  async kysely(): Promise<Kysely<unknown>> {
    return this.#kysely;
  }
}

/** Kysely over the one connection that a dialect leads to, until that is given back. */
export function kyselySession(dialect: Dialect, givenBack: Promise<void>): Promise<KyselySession> {
  return new Promise((resolve, reject) => {
    const kysely = new Kysely<unknown>({ dialect });
    const whole = kysely.connection().execute((connection) => {
      resolve(new KyselySession(connection));
      return givenBack;
    });
    whole.catch(reject);
  });
}
