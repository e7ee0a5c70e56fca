import pg from 'pg';
import { hashParts } from '../content/content-hash.ts';
import { presentRecipe, type SchemaRecipe } from '../content/recipe.ts';
import { runBuild } from '../content/run-build.ts';
import { TestingError } from '../error.ts';
import { databaseUrl } from '../postgresql-server/index.ts';
import { type SharedServer, sharedServer } from '../shared-server/client.ts';
import { copyName, isForgotten, type NamedDatabase, templateName, usedToday } from './forgotten-databases.ts';
import { clientConfigOf, serverVariable } from './postgresql-address.ts';
import { RowReset, type Run } from './row-reset.ts';

/** One number for everybody who makes templates on a server: `hashtext` of a name of our own. */
const templateLock = "hashtext('freshmaker templates')";

/** SQLSTATE: there is a database of that name. */
const duplicateDatabase = '42P04';

/** What `pg`'s client can do and its published types do not say. */
interface Detachable extends pg.Client {
  ref(): void;
  unref(): void;
}

interface About {
  readonly user: string;
  /** Whether the user may create databases. */
  readonly creates: boolean;
  /** Such as 180004. */
  readonly version: number;
}

/** The server tests run on, over one connection that is open as long as one of their databases is. */
export class PostgresqlTestServer {
  readonly url: string;
  readonly shared: SharedServer | undefined;
  readonly #client: pg.Client;
  readonly #templates = new Map<string, Promise<string>>();
  readonly #resets = new Map<string, Promise<RowReset | undefined>>();
  readonly #user: string;
  readonly #cloneOptions: string;
  #clones = 0;

  private constructor(
    url: string,
    shared: SharedServer | undefined,
    client: pg.Client,
    { user, version }: About,
  ) {
    this.url = url;
    this.shared = shared;
    this.#client = client;
    this.#user = user;
    // Copying files is the faster way for small databases, and the only one before version 15.
    this.#cloneOptions = version >= 150_000 ? ' STRATEGY file_copy' : '';
  }

  /**
   * @param ended is called when the connection ends or breaks, be it more than once.
   * @throws TestingError `TEST_SERVER_UNUSABLE` for a server that the environment names, and those of `sharedServer`.
   */
  static async connect(ended: () => void): Promise<PostgresqlTestServer> {
    const given = process.env[serverVariable];
    const shared = given ? undefined : await sharedServer();
    const url = given || (shared as SharedServer).url;
    const client = new pg.Client(await clientConfigOf(url));
    const gone = () => {
      shared?.release();
      ended();
    };
    client.on('end', gone).on('error', gone); // The next query reports it.
    try {
      await client.connect();
    } catch (error) {
      throw given ? unusable(`cannot be reached: ${(error as Error).message}`, error) : error;
    }
    const { rows } = await client.query<About>(
      `SELECT current_user AS user, rolcreatedb OR rolsuper AS creates, current_setting('server_version_num')::int AS version
        FROM pg_roles WHERE rolname = current_user`,
    );
    const [about] = rows as [About];
    if (!about.creates) {
      await client.end();
      throw unusable(`lets its user ${about.user} create no databases: ALTER ROLE ${about.user} CREATEDB`);
    }
    const server = new PostgresqlTestServer(url, shared, client, about);
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
    // Of its user: what is in a copy belongs to whoever made the template.
    const name = templateName(hashParts([recipe.hash, this.#user]));
    const comment = usedToday();
    const found = await this.#find(name);
    if (found && (this.shared || found.comment === comment)) return name;
    await this.#client.query(`SELECT pg_advisory_lock(${templateLock})`);
    try {
      const isThere = (await this.#find(name)) !== undefined || (await this.#buildTemplate(name, recipe));
      if (isThere) {
        await this.#comment(name, comment);
        return name;
      }
    } finally {
      await this.#client.query(`SELECT pg_advisory_unlock(${templateLock})`);
    }
    return this.#makeTemplate(presentRecipe(recipe));
  }

  /** @returns whether the template is there: not when the history has changed meanwhile. */
  async #buildTemplate(name: string, recipe: SchemaRecipe): Promise<boolean> {
    const unfinished = await this.clone('template1');
    const quoted = pg.escapeIdentifier(unfinished);
    const url = databaseUrl(this.url, unfinished);
    let isDone = false;
    try {
      if (!(await runBuild({ recipe, target: { engine: 'postgresql', url } }))) return false;
      await this.#client.query(`ALTER DATABASE ${quoted} WITH ALLOW_CONNECTIONS false`);
      isDone = await this.#rename(unfinished, name);
      return true;
    } finally {
      if (!isDone) await this.drop(unfinished);
    }
  }

  /** @returns false when there is one of that name: over another database, where the lock is another, somebody was faster. */
  async #rename(database: string, name: string): Promise<boolean> {
    try {
      await this.#client.query(
        `ALTER DATABASE ${pg.escapeIdentifier(database)} RENAME TO ${pg.escapeIdentifier(name)}`,
      );
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code !== duplicateDatabase) throw error;
      return false;
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

  async #find(name: string): Promise<NamedDatabase | undefined> {
    return (await this.#databases()).find((database) => database.name === name);
  }

  /** The databases of tests that this user may drop. */
  async #databases(): Promise<readonly NamedDatabase[]> {
    const { rows } = await this.#client.query<NamedDatabase>(
      `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment FROM pg_database
        WHERE starts_with(datname, 'freshmaker_') AND pg_has_role(datdba, 'USAGE')`,
    );
    return rows;
  }

  async #comment(name: string, comment: string): Promise<void> {
    await this.#client.query(
      `COMMENT ON DATABASE ${pg.escapeIdentifier(name)} IS ${pg.escapeLiteral(comment)}`,
    );
  }

  /** A new database, a copy of another one; returns its name. */
  async clone(template: string): Promise<string> {
    this.#clones += 1;
    const name = copyName(`${process.pid}_${Math.random().toString(36).slice(2, 10)}_${this.#clones}`);
    await this.#client.query(
      `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}${this.#cloneOptions}`,
    );
    return name;
  }

  /** Lets a copy stay when its run is over. */
  async keep(name: string, title: string): Promise<void> {
    await this.#comment(name, `kept: ${title}`);
    this.shared?.keep();
  }

  /** Drops a database, ending the connections to it. One that is not there is no error. */
  async drop(name: string): Promise<void> {
    await this.#client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  }

  /** A server that stays may hold databases of runs that were killed. */
  async #dropForgotten(): Promise<void> {
    for (const database of await this.#databases()) {
      if (isForgotten(database, Date.now())) await this.drop(database.name);
    }
  }
}

function unusable(why: string, cause?: unknown): TestingError {
  return new TestingError(
    'TEST_SERVER_UNUSABLE',
    `The PostgreSQL server of ${serverVariable} ${why}.`,
    'Correct that, or unset the variable: tests then start a server of their own.',
    { cause },
  );
}

/** What brings the present rows back; undefined where the user may not. */
export async function captureAsSuperuser(run: Run): Promise<RowReset | undefined> {
  const [user] = await run<{ superuser: string }>(`SELECT current_setting('is_superuser') AS superuser`);
  return user?.superuser === 'on' ? RowReset.capture(run) : undefined;
}
