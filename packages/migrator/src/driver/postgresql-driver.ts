import type pg from 'pg';
import { MigratorError } from '../errors.ts';
import type { Driver, Session } from './driver.ts';
import { PostgresqlSession } from './postgresql-session.ts';

/** A connection as `pg` takes it; what is left out comes from libpq's `PG*` variables. */
export interface PostgresqlSettings
  extends Pick<
    pg.ClientConfig,
    | 'host'
    | 'port'
    | 'user'
    | 'password'
    | 'database'
    | 'ssl'
    | 'options'
    | 'application_name'
    | 'connectionTimeoutMillis'
    | 'enableChannelBinding'
  > {
  readonly dialect: 'postgresql';
}

/** Gives the error of a failed connection its code. */
export type TranslateConnectionError = (error: unknown, description: string) => MigratorError;

/** One does the work, one may hold the lock beside it, one looks who is in the way. */
const POOL_SIZE = 3;
const CONNECT_TIMEOUT_MS = 10_000;

/** The database every server has, to connect to while ours is missing. */
const MAINTENANCE_DATABASE = 'postgres';
// PostgreSQL's SQLSTATE codes.
const UNDEFINED_DATABASE = '3D000';
const DUPLICATE_DATABASE = '42P04';

/** A PostgreSQL database, connected to when it is first used. */
export class PostgresqlDriver implements Driver {
  readonly dialect = 'postgresql';
  readonly description: string;
  readonly settings: PostgresqlSettings;
  readonly #translate: TranslateConnectionError;
  #pool: pg.Pool | undefined;

  constructor(settings: PostgresqlSettings, translate: TranslateConnectionError) {
    this.settings = settings;
    this.#translate = translate;
    const database = settings.database ?? settings.user ?? '';
    this.description = `PostgreSQL database ${database} on ${settings.host ?? 'localhost'}:${settings.port ?? 5432}`;
  }

  async exists(): Promise<boolean> {
    return true;
  }

  async create(): Promise<boolean> {
    const name = this.settings.database ?? this.settings.user;
    if (name === undefined || (await this.#canConnect())) return false;
    const server = new PostgresqlDriver(
      { ...this.settings, database: MAINTENANCE_DATABASE },
      this.#translate,
    );
    try {
      await server.withSession((session) => session.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`));
      return true;
    } catch (error) {
      // Another process made it in between.
      if ((error as { code?: unknown }).code === DUPLICATE_DATABASE || (await this.#canConnect()))
        return false;
      throw error instanceof MigratorError ? error : this.#translate(error, server.description);
    } finally {
      await server.close();
    }
  }

  /** False when the server answers that there is no such database. */
  async #canConnect(): Promise<boolean> {
    try {
      await this.withSession((session) => session.query('SELECT 1'));
      return true;
    } catch (error) {
      const cause = error instanceof MigratorError ? error.cause : error;
      if ((cause as { code?: unknown } | undefined)?.code === UNDEFINED_DATABASE) return false;
      throw error;
    }
  }

  async withSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const { default: pg } = await import('pg');
    this.#pool ??= this.#createPool(pg.Pool);
    const pool = this.#pool;
    const client = await pool.connect().catch((error: unknown) => {
      throw error instanceof MigratorError ? error : this.#translate(error, this.description);
    });
    const session = new PostgresqlSession(pool, client);
    try {
      return await work(session);
    } finally {
      session.end();
      client.release();
    }
  }

  #createPool(Pool: typeof pg.Pool): pg.Pool {
    const { dialect: _, ...settings } = this.settings;
    const connectionTimeoutMillis = settings.connectionTimeoutMillis ?? CONNECT_TIMEOUT_MS;
    const pool = new Pool({ ...settings, connectionTimeoutMillis, max: POOL_SIZE });
    // A connection lost while idle is reported by the next query; without a listener it would end the process.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }

  async close(): Promise<void> {
    await this.#pool?.end();
    this.#pool = undefined;
  }
}
