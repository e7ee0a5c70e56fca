import { CompiledQuery, type Kysely } from 'kysely';
import type { QueryResult, Session } from './driver.ts';

// Whoever opens a connection loads this file then: most of what the engine does needs no Kysely, which is large.
export { Kysely, SqliteDialect } from 'kysely';

/** A session over one connection that Kysely holds. */
export class KyselySession implements Session {
  readonly kysely: Kysely<unknown>;

  constructor(kysely: Kysely<unknown>) {
    this.kysely = kysely;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<Row>> {
    const result = await this.kysely.executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]));
    return { rows: result.rows, affected: Number(result.numAffectedRows ?? 0) };
  }

  async queryInTurn<Row>(statements: readonly string[]): Promise<QueryResult<Row>> {
    let result: QueryResult<Row> = { rows: [], affected: 0 };
    for (const statement of statements) result = await this.query<Row>(statement);
    return result;
  }
}
