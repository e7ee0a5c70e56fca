import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import type { EventListener } from './events.ts';
import type { LockOptions } from './transaction-lock.ts';
import type { VersionTable } from './version-table.ts';

/** What all steps of a run share. */
export interface StepEnvironment {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly versionTable: VersionTable;
  readonly listener: EventListener;
  readonly lock: LockOptions;
  readonly losses: LossRules;
  /** Where the database is, for people. */
  readonly database: string;
}

/** What to do about rows and values that a step destroys. */
export interface LossRules {
  /** Refuse what neither the script nor the caller allows. */
  readonly refuse: boolean;
  /** Copy a SQLite file before something in it is destroyed. */
  readonly backup: boolean;
}
