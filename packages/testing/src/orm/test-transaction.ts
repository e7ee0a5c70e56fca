import { CompiledQuery, type DatabaseConnection, type Driver } from 'kysely';

/**
 * A transaction around a whole test, below the ORM: what the ORM begins and commits are savepoints in it, so that code
 * under test commits as it always does, and nothing of it stays.
 */
export class TestTransaction {
  /** Whether the next connection is to be held in a transaction. */
  wanted = false;
  readonly #dialect: 'sqlite' | 'postgresql';
  #connection: DatabaseConnection | undefined;
  #driver: Driver | undefined;
  /** Open savepoints of begun transactions. */
  #depth = 0;

  constructor(dialect: 'sqlite' | 'postgresql') {
    this.#dialect = dialect;
  }

  /** The connection that holds the test. */
  get connection(): DatabaseConnection | undefined {
    return this.#connection;
  }

  async hold(connection: DatabaseConnection, driver: Driver): Promise<void> {
    if (this.#connection !== undefined) return;
    await driver.beginTransaction(connection, {});
    this.#connection = connection;
    this.#driver = driver;
    this.#depth = 0;
  }

  /** Rolls the test back; the next connection that is asked for begins anew. */
  async end(): Promise<void> {
    const [connection, driver] = [this.#connection, this.#driver];
    this.#connection = undefined;
    this.#driver = undefined;
    if (connection !== undefined && driver !== undefined) await this.abandon(connection, driver);
  }

  /** Ends the test by committing what it has committed, for a person to look at. */
  async keep(): Promise<void> {
    const [connection, driver] = [this.#connection, this.#driver];
    if (connection === undefined || driver === undefined) return;
    if (this.#depth > 0) await this.#run('ROLLBACK TO SAVEPOINT "test_1"');
    this.#connection = undefined;
    this.#driver = undefined;
    try {
      await driver.commitTransaction(connection);
    } finally {
      await driver.releaseConnection(connection);
    }
  }

  /** Rolls back a transaction that nobody ends any more, and gives its connection back in any case. */
  async abandon(connection: DatabaseConnection, driver: Driver): Promise<void> {
    try {
      await driver.rollbackTransaction(connection);
    } catch (error) {
      // PostgreSQL refuses it only where the connection is gone, and the transaction with it.
      if (this.#dialect !== 'postgresql') throw error;
    } finally {
      await driver.releaseConnection(connection);
    }
  }

  async begin(): Promise<void> {
    this.#depth += 1;
    await this.#run(`SAVEPOINT "test_${this.#depth}"`);
  }

  async commit(): Promise<void> {
    const name = `"test_${this.#depth}"`;
    await this.#run(`RELEASE SAVEPOINT ${name}`);
    this.#depth -= 1;
  }

  async rollback(): Promise<void> {
    const name = `"test_${this.#depth}"`;
    this.#depth -= 1;
    await this.#run(`ROLLBACK TO SAVEPOINT ${name}`);
    await this.#run(`RELEASE SAVEPOINT ${name}`);
  }

  /**
   * Runs a statement. On PostgreSQL a failed one would spoil the whole test's transaction, where outside a test it spoils
   * nothing but itself: it gets a savepoint of its own.
   */
  async guard<Result>(connection: DatabaseConnection, statement: () => Promise<Result>): Promise<Result> {
    const alone = this.#dialect === 'postgresql' && this.#depth === 0 && this.#guarding === false;
    if (connection !== this.#connection || !alone) return statement();
    this.#guarding = true;
    try {
      await this.#run('SAVEPOINT "test_statement"');
      try {
        const result = await statement();
        await this.#run('RELEASE SAVEPOINT "test_statement"');
        return result;
      } catch (error) {
        await this.#run('ROLLBACK TO SAVEPOINT "test_statement"');
        throw error;
      }
    } finally {
      this.#guarding = false;
    }
  }

  #guarding = false;

  async #run(sql: string): Promise<void> {
    const before = this.#guarding;
    this.#guarding = true;
    try {
      await this.#connection?.executeQuery(CompiledQuery.raw(sql));
    } finally {
      this.#guarding = before;
    }
  }
}
