import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseConnection, Driver, QueryCompiler, TransactionSettings } from 'kysely';
import type { TestTransaction } from './test-transaction.ts';

type CompileQuery = QueryCompiler['compileQuery'];

/** A driver that tells which statements run, knows which transactions are open, and can put them into a test's own. */
export class ObservedDriver implements Driver {
  readonly #driver: Driver;
  readonly #test: TestTransaction;
  readonly #saw: (sql: string) => void;
  readonly #observed = new WeakSet<DatabaseConnection>();
  readonly #open = new Set<DatabaseConnection>();
  readonly #arriving = new Set<Promise<DatabaseConnection>>();

  constructor(driver: Driver, test: TestTransaction, saw: (sql: string) => void) {
    this.#driver = driver;
    this.#test = test;
    this.#saw = saw;
  }

  init(): Promise<void> {
    return this.#driver.init();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    const arriving = this.#acquire();
    this.#arriving.add(arriving);
    const arrived = () => void this.#arriving.delete(arriving);
    arriving.then(arrived, arrived);
    return arriving;
  }

  async #acquire(): Promise<DatabaseConnection> {
    const connection = this.#test.connection ?? (await this.#driver.acquireConnection());
    this.#observe(connection);
    if (this.#test.wanted) await this.#test.hold(connection, this.#driver);
    return connection;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection !== this.#test.connection) await this.#driver.releaseConnection(connection);
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    this.#open.add(connection);
    if (connection === this.#test.connection) await this.#test.begin();
    else await this.#driver.beginTransaction(connection, settings);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection === this.#test.connection) await this.#test.commit();
    else await this.#driver.commitTransaction(connection);
    this.#open.delete(connection);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#open.delete(connection);
    if (connection === this.#test.connection) await this.#test.rollback();
    else await this.#driver.rollbackTransaction(connection);
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: CompileQuery): Promise<void> {
    await this.#driver.savepoint?.(connection, name, compile);
  }

  async rollbackToSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: CompileQuery,
  ): Promise<void> {
    await this.#driver.rollbackToSavepoint?.(connection, name, compile);
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string, compile: CompileQuery): Promise<void> {
    await this.#driver.releaseSavepoint?.(connection, name, compile);
  }

  /**
   * Closes the database. What somebody asked for and nobody waited for any more is waited for here: a pool that is closed
   * under a connection on its way never gets that one back, and waits for it for ever.
   */
  async destroy(): Promise<void> {
    while (this.#arriving.size > 0) {
      await Promise.allSettled(this.#arriving);
      // Whoever has asked for it goes on first, and may begin a transaction.
      await nextTurn();
    }
    await this.rollbackOpen();
    await this.#test.end();
    await this.#driver.destroy();
  }

  /**
   * Ends the transactions that are open.
   *
   * @returns whether there were any; Kysely still believes in them, and has to be closed.
   */
  async rollbackOpen(): Promise<boolean> {
    const open = [...this.#open];
    this.#open.clear();
    for (const connection of open) {
      // A savepoint in the test's own transaction goes with that.
      if (connection !== this.#test.connection) await this.#test.abandon(connection, this.#driver);
    }
    return open.length > 0;
  }

  /** In place, as Kysely itself does to log statements: the driver knows its connections by identity. */
  #observe(connection: DatabaseConnection): void {
    if (this.#observed.has(connection)) return;
    this.#observed.add(connection);
    const { executeQuery, streamQuery } = connection;
    connection.executeQuery = (query, options) => {
      this.#saw(query.sql);
      return this.#test.guard(connection, () => executeQuery.call(connection, query, options)) as never;
    };
    connection.streamQuery = (query, size, options) => {
      this.#saw(query.sql);
      return streamQuery.call(connection, query, size, options) as never;
    };
  }
}
