import type { SqliteDatabase } from 'kysely';
import type { QueryResult } from './driver.ts';
import type { KyselySession } from './kysely-session.ts';
import { OwnSession } from './own-session.ts';

/** A session over a database of better-sqlite3. */
export class SqliteSession extends OwnSession {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super();
    this.#database = database;
  }

  protected override async send<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    const statement = this.#database.prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters) as Row[], affected: 0 };
    return { rows: [], affected: Number(statement.run(parameters).changes) };
  }

  protected override async lendKysely(givenBack: Promise<void>): Promise<KyselySession> {
    const { kyselySession, SqliteDialect } = await import('./kysely-session.ts');
    return kyselySession(new SqliteDialect({ database: this.#database }), givenBack);
  }
}
