import pg from 'pg';
import type { SchemaRecipe } from '../content/recipe.ts';
import { databaseUrl } from '../postgresql-server/index.ts';
import type { Connection, ConnectionSource, Store } from './engine.ts';
import { clientConfigOf } from './postgresql-address.ts';
import { captureAsSuperuser, type PostgresqlTestServer } from './postgresql-server.ts';
import type { RowReset, Run } from './row-reset.ts';
import { acquireServer, releaseServer } from './server-lease.ts';

/** A database on a real server that holds the schema of a recipe. */
export async function openPostgresqlStore(recipe: SchemaRecipe): Promise<Store> {
  const server = await acquireServer();
  let store: PostgresqlStore | undefined;
  try {
    const template = await server.template(recipe);
    const config = await clientConfigOf(server.url);
    store = new PostgresqlStore(server, template, config, await server.clone(template));
    await store.start();
    return store;
  } catch (error) {
    await (store ? store.dispose() : releaseServer());
    throw error;
  }
}

/** SQLSTATE: nobody may be connected to a database that is copied. */
const objectInUse = '55006';

class PostgresqlStore implements Store {
  readonly #server: PostgresqlTestServer;
  readonly #template: string;
  readonly #config: pg.ClientConfig;
  #name: string;
  /** What a test has left is removed over a connection of its own, whatever the test did with the ORM's. */
  #cleaner: pg.Client | undefined;
  #sealed: RowReset | undefined;

  constructor(server: PostgresqlTestServer, template: string, config: pg.ClientConfig, name: string) {
    this.#server = server;
    this.#template = template;
    this.#config = config;
    this.#name = name;
  }

  get url(): string {
    return databaseUrl(this.#server.url, this.#name);
  }

  get source(): ConnectionSource {
    return { settings: { ...this.#config, database: this.#name } };
  }

  async start(): Promise<void> {
    this.#sealed = await this.#server.resetTo(this.#template, () => this.#run());
  }

  async seal(): Promise<void> {
    this.#sealed = await captureAsSuperuser(await this.#run());
  }

  async reset(connection: Connection, reseed: () => Promise<void>): Promise<void> {
    if (await this.#sealed?.apply(await this.#run())) return;
    await this.#leave(connection);
    await this.#server.drop(this.#name);
    this.#name = await this.#server.clone(this.#template);
    await this.start();
    await reseed();
  }

  async keep(name: string, connection: Connection): Promise<string> {
    const { url } = this;
    await this.#leave(connection);
    await this.#server.keep(this.#name, name);
    this.#name = await this.#copyOf(this.#name);
    const { shared } = this.#server;
    const until = shared
      ? `its server runs until you type: kill ${shared.host}`
      : 'it stays until you drop it';
    return `psql '${url}' (${until})`;
  }

  /** For the tests that follow: as it is, unless a test is still connected to it. */
  async #copyOf(name: string): Promise<string> {
    try {
      return await this.#server.clone(name);
    } catch (error) {
      if ((error as { code?: unknown }).code !== objectInUse) throw error;
      this.#sealed = undefined;
      return this.#server.clone(this.#template);
    }
  }

  async dispose(): Promise<void> {
    try {
      await this.#cleaner?.end();
      await this.#server.drop(this.#name);
    } finally {
      await releaseServer();
    }
  }

  async #leave(connection: Connection): Promise<void> {
    await connection.close();
    await this.#cleaner?.end();
    this.#cleaner = undefined;
  }

  async #run(): Promise<Run> {
    if (this.#cleaner === undefined) {
      this.#cleaner = new pg.Client({ ...this.#config, database: this.#name });
      this.#cleaner.on('error', () => undefined); // The next query reports it.
      await this.#cleaner.connect();
      await this.#cleaner.query("SET lock_timeout = '5s'");
    }
    const client = this.#cleaner;
    return async <Row>(sql: string) => (await client.query(sql)).rows as Row[];
  }
}
