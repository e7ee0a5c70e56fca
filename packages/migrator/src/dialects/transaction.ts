import type { Session } from '../driver/driver.ts';
import type { SessionLender } from '../driver/session-lender.ts';

/** Who keeps others from migrating. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string | null;
  readonly application: string | null;
  /** When it began, ISO 8601; null where that cannot be known. */
  readonly since: string | null;
}

export interface TransactionOptions {
  /** SQLite: off before the transaction begins, checked before it ends, as before afterwards. */
  readonly foreignKeysOff: boolean;
  /** PostgreSQL: how long a statement may wait for another session, in milliseconds. */
  readonly lockTimeoutMs: number;
  /** Told what a person should know, such as violations that were there before. */
  readonly warn: (message: string) => void;
}

/** A transaction that has begun; exactly one of its two methods is called, once. A commit that fails may be tried again. */
export interface OpenTransaction {
  /** The number by which other sessions know this one; null where the database has no other sessions to look from. */
  readonly sessionId: number | null;
  /** @throws ExecutionError `FOREIGN_KEY_VIOLATED` for a violation the transaction added; it is then still open. */
  commit(): Promise<void>;
  /** Never throws because there is nothing left to roll back. */
  rollback(): Promise<void>;
}

/** What tells the open transaction from every other one, and where it looks for names. */
export interface TransactionState {
  readonly id: string;
  /** PostgreSQL's `search_path`; null where the database has no such thing. */
  readonly searchPath: string | null;
}

/** The migrators' lock, held over several transactions. It ends with the process, too. */
export interface HeldLock {
  release(): Promise<void>;
}

/**
 * How a dialect begins a transaction that no other migrator can be in at the same time. The lock is the transaction: it
 * ends with it, and with the process or the connection that held it.
 */
export interface TransactionControl {
  /**
   * Makes the commits of a run cheaper where that costs nothing of their safety.
   *
   * @returns what leaves the session, and the database, as they were.
   */
  prepareRun(session: Session): Promise<() => Promise<void>>;
  /** Tries once, without waiting. @returns null while somebody else holds the lock. */
  tryBegin(session: Session, options: TransactionOptions): Promise<OpenTransaction | null>;
  /** The same for one who holds the lock over several transactions. */
  tryBeginHeld(session: Session, options: TransactionOptions): Promise<OpenTransaction | null>;
  /**
   * Tries once to take the lock for longer than a transaction.
   *
   * @param lender lends the second session that PostgreSQL needs for it.
   */
  tryHold(session: Session, lender: SessionLender): Promise<HeldLock | null>;
  /** Who holds the lock, where it can be told. */
  lockHolder(session: Session): Promise<LockHolder | null>;
  /**
   * Sets how long statements wait for others from now on: on PostgreSQL until the open transaction ends, on SQLite until
   * it is set again.
   */
  setLockTimeout(session: Session, milliseconds: number): Promise<void>;
  /**
   * What the open transaction is; null when there is none.
   *
   * @param lockTimeoutMs PostgreSQL: sets, on the same way, how long its statements wait for others from now on.
   */
  identify(session: Session, lockTimeoutMs?: number): Promise<TransactionState | null>;
  /** Checks what can be checked before the end of the transaction and would keep changed tables from being altered. */
  settle(session: Session): Promise<void>;
  /** Whether an error says that another session is in the way: what was tried may be tried again. */
  isLocked(error: unknown): boolean;
  /** Looking at one session from another; null where the database has no such thing. */
  readonly observer: SessionObserver | null;
}

/** What one session can find out about another, and do to it. */
export interface SessionObserver {
  /** The session that runs a statement holding a text; null when there is none (yet, or any more). */
  find(observer: Session, text: string): Promise<number | null>;
  /** The sessions that one waits for, the longest at work first. */
  blockers(observer: Session, pid: number): Promise<readonly LockHolder[]>;
  /** Ends the statement that a session runs, if it runs one. */
  cancel(observer: Session, pid: number): Promise<void>;
  /** Whether an error says that a statement was cancelled. */
  isCancelled(error: unknown): boolean;
}
