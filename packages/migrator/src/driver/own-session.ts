import type { Kysely } from 'kysely';
import type { QueryResult, Session } from './driver.ts';
import type { KyselySession } from './kysely-session.ts';
import { queryEach } from './query-each.ts';

/**
 * A session over a connection that we have opened ourselves, which needs no Kysely until a data step wants it. From then on
 * everything goes through Kysely: it runs in the order it was asked for what a step did not wait for, too.
 */
export abstract class OwnSession implements Session {
  readonly #givenBack = Promise.withResolvers<void>();
  #lent: Promise<KyselySession> | undefined;

  protected abstract send<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>>;

  protected abstract lendKysely(givenBack: Promise<void>): Promise<KyselySession>;

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<Row>> {
    return this.#lent ? (await this.#lent).query(sql, parameters) : this.send(sql, parameters);
  }

  queryInTurn<Row>(statements: readonly string[]): Promise<QueryResult<Row>> {
    return queryEach(this, statements);
  }

  async kysely(): Promise<Kysely<unknown>> {
    this.#lent ??= this.lendKysely(this.#givenBack.promise);
    return (await this.#lent).kysely();
  }

  /** Nothing runs through it any more. */
  end(): void {
    this.#givenBack.resolve();
  }
}
