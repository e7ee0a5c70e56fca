import type { Kysely } from 'kysely';
import type { DialectName, Driver, Session } from './driver.ts';

/** A database that somebody else opened, and closes: an ORM's, or a test's. */
export class KyselyDriver implements Driver {
  readonly dialect: DialectName;
  readonly description: string;
  readonly #kysely: () => Promise<Kysely<unknown>>;

  constructor(dialect: DialectName, description: string, kysely: () => Promise<Kysely<unknown>>) {
    this.dialect = dialect;
    this.description = description;
    this.#kysely = kysely;
  }

  async exists(): Promise<boolean> {
    return true;
  }

  /** The one who opened it has made it. */
  async create(): Promise<boolean> {
    return false;
  }

  async withSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const [kysely, { KyselySession }] = await Promise.all([this.#kysely(), import('./kysely-session.ts')]);
    return kysely.connection().execute((connection) => work(new KyselySession(connection)));
  }

  async close(): Promise<void> {}
}
