import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import type { SessionLender } from '../driver/session-lender.ts';
import type { EventListener } from './events.ts';
import type { CheckpointTable } from './segments/checkpoint.ts';
import type { VersionTable } from './version-table.ts';
import type { LockBudget } from './waiting/lock-budget.ts';

/** What all steps of a run share. */
export interface StepEnvironment {
  readonly session: Session;
  /** Lends more sessions, where the database has any. */
  readonly lender: SessionLender;
  readonly dialect: Dialect;
  readonly versionTable: VersionTable;
  readonly checkpoints: CheckpointTable;
  readonly listener: EventListener;
  readonly budget: LockBudget;
  readonly losses: LossRules;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal | undefined;
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
