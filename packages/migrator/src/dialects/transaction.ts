import type { Session } from '../driver/driver.ts';

/** Who keeps others from migrating. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string | null;
  readonly application: string | null;
  /** When it began, ISO 8601. */
  readonly since: string | null;
}

export interface TransactionOptions {
  /** SQLite: off before the transaction begins, checked before it ends, as before afterwards. */
  readonly foreignKeysOff: boolean;
  /** How long a statement may wait for another session, in milliseconds. */
  readonly lockTimeoutMs: number;
  /** Told what a person should know, such as violations that were there before. */
  readonly warn: (message: string) => void;
}

/** A transaction that has begun; exactly one of its two methods is called, once. */
export interface OpenTransaction {
  /** @throws ExecutionError `FOREIGN_KEY_VIOLATED` for a violation the transaction added; it is then still open. */
  commit(): Promise<void>;
  /** Never throws because there is nothing left to roll back. */
  rollback(): Promise<void>;
}

/**
 * How a dialect begins a transaction that no other migrator can be in at the same time. The lock is the transaction: it
 * ends with it, and with the process or the connection that held it.
 */
export interface TransactionControl {
  /** Tries once, without waiting. @returns null while somebody else holds the lock. */
  tryBegin(session: Session, options: TransactionOptions): Promise<OpenTransaction | null>;
  /** Who holds the lock, where the database can tell. */
  lockHolder(session: Session): Promise<LockHolder | null>;
}
