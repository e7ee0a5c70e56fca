import { type DialectName, type Driver, KyselyDriver } from '@freshmaker/migrator/engine';
import { User } from '@freshmaker/models';
import type { MikroORM, SqlEntityManager } from '@mikro-orm/sql';
import { migrationsRecipe, type SchemaRecipe, statementsRecipe } from '../content/recipe.ts';
import { dialectOfEngine, type EngineName, type Store } from '../engines/engine.ts';
import { openStore } from '../engines/open-store.ts';
import { TestingError } from '../error.ts';
import { type Factories, factoriesOf } from '../factories/factories.ts';
import { scriptsOf } from '../orm/project.ts';
import { returnOrm, type TestOrm, takeOrm } from '../orm/test-orm.ts';
import type { Clock } from '../outside/clock.ts';
import type { Metrics } from '../outside/metrics.ts';
import type { Environment, LogEntry, Message } from '../outside/outside-world.ts';
import type { ResolvedOptions } from './options.ts';

/** A database of its own at the head of the history, and the world around the models that write to it. */
export class TestDatabase implements AsyncDisposable {
  readonly engine: EngineName;
  readonly #options: ResolvedOptions;
  readonly #orm: TestOrm;
  readonly #store: Store;
  #disposed = false;

  private constructor(options: ResolvedOptions, orm: TestOrm, store: Store) {
    this.engine = options.engine;
    this.#options = options;
    this.#orm = orm;
    this.#store = store;
  }

  /** @throws TestingError when the database cannot be had; it says what to do. */
  static async open(options: ResolvedOptions): Promise<TestDatabase> {
    const orm = await takeOrm(options, options.engine);
    orm.world.begin(options.now, options.environment);
    let store: Store | undefined;
    try {
      const opened = await openStore(options.engine, await recipeOf(options, orm), options.file ?? false);
      store = opened;
      orm.tap.source = () => opened.source;
      const database = new TestDatabase(options, orm, opened);
      await database.#start();
      return database;
    } catch (error) {
      await orm.close();
      await store?.dispose();
      throw error;
    }
  }

  /** MikroORM, connected to this database; the same object for all tests of a suite. */
  get orm(): MikroORM {
    return this.#orm.orm;
  }

  /** A new unit of work, as a request or a message has one: nothing loaded, nothing pending. */
  em(): SqlEntityManager {
    return this.#orm.em();
  }

  get dialect(): DialectName {
    return dialectOfEngine(this.engine);
  }

  /** How another process can open the database; null where it is inside this one (SQLite without `file`, PGlite). */
  get url(): string | null {
    return this.#store.url;
  }

  /** The migrator's way to this database: `upgrade({ scripts, driver: db.driver })`. */
  get driver(): Driver {
    return new KyselyDriver(this.dialect, `test database on ${this.engine}`, async () => {
      const connection = this.orm.driver.getConnection();
      await connection.ensureConnection();
      return connection.getClient();
    });
  }

  /** The time of the models; it stands still until it is moved. */
  get clock(): Clock {
    return this.#orm.world.clock;
  }

  /** The messages that have left since the test began, in order. */
  get messages(): readonly Message[] {
    return this.#orm.world.messages;
  }

  /** The counters that have risen since the test began. */
  get metrics(): Metrics {
    return this.#orm.world.metrics;
  }

  /** What the models have logged since the test began. */
  get log(): readonly LogEntry[] {
    return this.#orm.world.log;
  }

  /** Replaces parts of the world outside until the test ends, such as the publisher or the state of composes. */
  replace(parts: Partial<Environment>): void {
    this.#orm.world.replace(parts);
  }

  /** What makes rows with sensible values, each flushed on its own. */
  factories(em: SqlEntityManager = this.em()): Factories {
    return factoriesOf(em);
  }

  /** How many statements run while `work` does; transaction control is not counted. */
  async countStatements(work: () => unknown): Promise<number> {
    return (await this.#orm.tap.statementsOf(work)).length;
  }

  /** The statements that run while `work` does, in order; transaction control is left out. */
  statements(work: () => unknown): Promise<readonly string[]> {
    return this.#orm.tap.statementsOf(work);
  }

  /** Begins anew, in the middle of a test: rows, ids, clock and records are as at its beginning. */
  async fresh(): Promise<this> {
    await this.#orm.endLeftovers();
    await this.#orm.tap.testTransaction.end();
    await this.#store.reset(this.#orm, () => this.#seed());
    this.#orm.forget();
    return this;
  }

  /** Ends a test and makes ready for the next one. */
  async isolate(): Promise<void> {
    const { isolation } = this.#options;
    await this.#orm.endLeftovers();
    if (isolation === 'none') return;
    if (isolation === 'reset') await this.#store.reset(this.#orm, () => this.#seed());
    else await this.#orm.tap.testTransaction.end();
    this.#orm.forget();
  }

  /**
   * Keeps what is in the database now, for a person to look at.
   *
   * @param title what it is about, such as a test's name.
   * @returns what to type to open it.
   */
  async keep(title: string): Promise<string> {
    const words = title
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .slice(0, 80);
    const inTransaction = this.#options.isolation === 'transaction';
    if (inTransaction) await this.#orm.tap.testTransaction.keep();
    const command = await this.#store.keep(`${words}-${Date.now().toString(36)}`, this.#orm);
    if (inTransaction) await this.#store.reset(this.#orm, () => this.#seed());
    return command;
  }

  /** Gives the database back. Doing so again does nothing. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#orm.tap.testTransaction.wanted = false;
    try {
      await this.#orm.close();
    } finally {
      await this.#store.dispose();
    }
    await returnOrm(this.#orm, this.#options, this.engine);
  }

  async #start(): Promise<void> {
    await this.#seed();
    if (this.#options.isolation === 'transaction') {
      await this.#orm.close();
      this.#orm.tap.testTransaction.wanted = true;
    }
    this.#orm.forget();
  }

  /** Writes what tests are to begin with, and makes that the state to return to. */
  async #seed(): Promise<void> {
    const { user, seed } = this.#options;
    if (user === undefined && seed === undefined) return;
    const em = this.em();
    if (user !== undefined) await User.getOrCreate(em, user);
    await seed?.(em);
    await em.flush();
    await this.#store.seal(this.#orm);
  }
}

async function recipeOf(options: ResolvedOptions, orm: TestOrm): Promise<SchemaRecipe> {
  if (options.schema === 'entities') return statementsRecipe(await orm.schemaStatements());
  const scripts = scriptsOf(options);
  if (scripts) return migrationsRecipe(scripts);
  throw new TestingError(
    'TEST_OPTIONS_INVALID',
    'There are no migrations to make the tables.',
    'Give the migrations directory as `migrations`.',
  );
}
