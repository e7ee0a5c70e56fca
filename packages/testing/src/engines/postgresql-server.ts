import pg from 'pg';
import type { SchemaRecipe } from '../content/recipe.ts';
import { runBuild } from '../content/run-build.ts';
import { databaseUrl } from '../postgresql-server/index.ts';
import { type SharedServer, sharedServer } from '../shared-server/client.ts';
import { clientConfigOf, serverVariable } from './postgresql-address.ts';
import { RowReset, type Run } from './row-reset.ts';

/** One number for everybody who makes templates on a server: `hashtext` of a name of our own. */
const templateLock = "hashtext('freshmaker templates')";
/** Clones that a killed run has left behind are dropped by a later one after so long, in milliseconds. */
const lifetime = 24 * 60 * 60 * 1000;

/** What `pg`'s client can do and its published types do not say. */
interface Detachable extends pg.Client {
  ref(): void;
  unref(): void;
}

/** The server tests run on, over one connection that is open as long as one of their databases is. */
export class PostgresqlTestServer {
  readonly url: string;
  readonly shared: SharedServer | undefined;
  readonly #client: pg.Client;
  readonly #templates = new Map<string, Promise<string>>();
  readonly #resets = new Map<string, Promise<RowReset | undefined>>();
  readonly #cloneOptions: string;
  #clones = 0;

  private constructor(url: string, shared: SharedServer | undefined, client: pg.Client, version: number) {
    this.url = url;
    this.shared = shared;
    this.#client = client;
    // Copying files is the faster way for small databases, and the only one before version 15.
    this.#cloneOptions = version >= 150_000 ? ' STRATEGY file_copy' : '';
  }

  static async connect(): Promise<PostgresqlTestServer> {
    const given = process.env[serverVariable];
    const shared = given ? undefined : await sharedServer();
    const url = given || (shared as SharedServer).url;
    const client = new pg.Client(await clientConfigOf(url));
    client.on('error', () => undefined); // The next query reports it.
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    const server = new PostgresqlTestServer(url, shared, client, rows[0]?.version ?? 0);
    if (!shared) await server.#dropForgotten();
    return server;
  }

  ref(): void {
    (this.#client as Detachable).ref();
  }

  /** The connection stays, and does not keep this process alive. */
  unref(): void {
    (this.#client as Detachable).unref();
  }

  async close(): Promise<void> {
    this.ref();
    await this.#client.end();
    this.shared?.release();
  }

  /** The name of a database that holds the schema of a recipe and that nobody can change. Made once per server. */
  template(recipe: SchemaRecipe): Promise<string> {
    let name = this.#templates.get(recipe.hash);
    if (name === undefined) {
      name = this.#makeTemplate(recipe);
      this.#templates.set(recipe.hash, name);
      name.catch(() => this.#templates.delete(recipe.hash));
    }
    return name;
  }

  async #makeTemplate(recipe: SchemaRecipe): Promise<string> {
    const name = `freshmaker_template_${recipe.hash}`;
    if (await this.#exists(name)) return name;
    await this.#client.query(`SELECT pg_advisory_lock(${templateLock})`);
    try {
      if (await this.#exists(name)) return name;
      const unfinished = `${name}_new`;
      await this.drop(unfinished);
      await this.#client.query(`CREATE DATABASE ${pg.escapeIdentifier(unfinished)}`);
      const url = databaseUrl(this.url, unfinished);
      await runBuild({ recipe, target: { engine: 'postgresql', url } });
      const quoted = pg.escapeIdentifier(name);
      await this.#client.query(`ALTER DATABASE ${pg.escapeIdentifier(unfinished)} RENAME TO ${quoted}`);
      await this.#client.query(`ALTER DATABASE ${quoted} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
      return name;
    } finally {
      await this.#client.query(`SELECT pg_advisory_unlock(${templateLock})`);
    }
  }

  /**
   * What brings a clone of a template back to the template's rows; made once, from the first clone.
   *
   * @param run runs statements on a clone nobody has changed.
   * @returns undefined where the user may not delete rows whatever refers to them: only superusers may.
   */
  resetTo(template: string, run: () => Promise<Run>): Promise<RowReset | undefined> {
    const found = this.#resets.get(template);
    if (found) return found;
    const made = run().then(captureAsSuperuser);
    this.#resets.set(template, made);
    made.catch(() => this.#resets.delete(template));
    return made;
  }

  async #exists(name: string): Promise<boolean> {
    const { rows } = await this.#client.query(
      'SELECT 1 FROM pg_database WHERE datname = $1 AND NOT datallowconn',
      [name],
    );
    return rows.length > 0;
  }

  /** A new database, a copy of another one; returns its name, which says when it was made. */
  async clone(template: string): Promise<string> {
    this.#clones += 1;
    const unique = `${process.pid}_${Math.random().toString(36).slice(2, 10)}_${this.#clones}`;
    const name = `freshmaker_test_${Date.now()}_${unique}`;
    await this.#client.query(
      `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}${this.#cloneOptions}`,
    );
    return name;
  }

  /** Drops a database, ending the connections to it. One that is not there is no error. */
  async drop(name: string): Promise<void> {
    await this.#client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  }

  /** A server that stays may hold databases of runs that were killed. */
  async #dropForgotten(): Promise<void> {
    const { rows } = await this.#client.query<{ datname: string }>(
      String.raw`SELECT datname FROM pg_database d WHERE datname ~ '^freshmaker_test_\d+_'
        AND split_part(datname, '_', 3)::numeric < $1
        AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)`,
      [Date.now() - lifetime],
    );
    for (const { datname } of rows) await this.drop(datname);
  }
}

/** What brings the present rows back; undefined where the user may not. */
export async function captureAsSuperuser(run: Run): Promise<RowReset | undefined> {
  const [user] = await run<{ superuser: string }>(`SELECT current_setting('is_superuser') AS superuser`);
  return user?.superuser === 'on' ? RowReset.capture(run) : undefined;
}

/** How long a server nobody uses is kept for the next suite of this process, in milliseconds. */
const patience = 1000;

let users = 0;
let server: Promise<PostgresqlTestServer> | undefined;

/** The server of this process, connected to by its first user; give it back with {@link releaseServer}. */
export async function acquireServer(): Promise<PostgresqlTestServer> {
  users += 1;
  server ??= PostgresqlTestServer.connect();
  try {
    const acquired = await server;
    acquired.ref();
    return acquired;
  } catch (error) {
    users -= 1;
    server = undefined;
    throw error;
  }
}

/** Once nobody uses the server it does not keep this process alive, and is soon disconnected from. */
export async function releaseServer(): Promise<void> {
  users -= 1;
  if (users > 0) return;
  const released = server;
  (await released)?.unref();
  setTimeout(async () => {
    if (users > 0 || server !== released) return;
    server = undefined;
    await (await released)?.close();
  }, patience).unref();
}
