import { CompiledQuery, type Kysely } from 'kysely';
import type { QueryResult, Session } from './driver.ts';

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
}
