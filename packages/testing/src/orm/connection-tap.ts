import type { Dialect } from 'kysely';
import type { ConnectionSource } from '../engines/engine.ts';
import { ObservedDriver } from './observed-driver.ts';
import { TestTransaction } from './test-transaction.ts';

/** Begin, commit, savepoints and settings of the connection: what surrounds statements, and is not one. */
const control = /^\s*(begin|start|commit|end|rollback|savepoint|release|pragma|set|reset)\b/i;

/**
 * What the testing package does on a connection of an ORM: it decides which database is opened, sees every statement, ends
 * transactions that a test left open, and can hold a whole test in one transaction.
 */
export class ConnectionTap {
  /** What the ORM opens whenever it connects. */
  source: () => ConnectionSource = () => ({ settings: {} });
  /** Held open over a test by the isolation `transaction`. */
  readonly testTransaction: TestTransaction;
  readonly #watchers = new Set<string[]>();
  #driver: ObservedDriver | undefined;

  constructor(dialect: 'sqlite' | 'postgresql') {
    this.testTransaction = new TestTransaction(dialect);
  }

  /** The dialect that Kysely is given instead of the ORM's own. */
  observe(dialect: Dialect): Dialect {
    const { testTransaction } = this;
    return {
      createDriver: () => {
        this.#driver = new ObservedDriver(dialect.createDriver(), testTransaction, (sql) => this.#saw(sql));
        return this.#driver;
      },
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createAdapter: () => {
        const adapter = dialect.createAdapter();
        if (!testTransaction.wanted) return adapter;
        // One transaction is one connection, which Kysely then lends to one task at a time.
        return Object.create(adapter, { supportsMultipleConnections: { value: false } });
      },
    };
  }

  /** The statements that run while `work` does, in order, transaction control left out. */
  async statementsOf(work: () => unknown): Promise<readonly string[]> {
    const statements: string[] = [];
    this.#watchers.add(statements);
    try {
      await work();
    } finally {
      this.#watchers.delete(statements);
    }
    return statements;
  }

  /**
   * Rolls back what a test has begun and not ended.
   *
   * @returns whether there was anything; Kysely then still believes in it, and the connection is to be closed.
   */
  async endLeftovers(): Promise<boolean> {
    return (await this.#driver?.rollbackOpen()) ?? false;
  }

  #saw(sql: string): void {
    if (this.#watchers.size === 0 || control.test(sql)) return;
    for (const statements of this.#watchers) statements.push(sql);
  }
}
