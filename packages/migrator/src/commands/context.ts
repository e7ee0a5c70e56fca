import type { Dialect } from '../dialects/dialect.ts';
import { dialectOf } from '../dialects/dialect-of.ts';
import type { Driver } from '../driver/driver.ts';
import { checkCurrentHeads } from '../revision/current-heads.ts';
import type { RevisionMap } from '../revision/revision-map.ts';
import type { EventListener } from '../runtime/events.ts';
import { type ReadHeadsOptions, readHeads } from '../runtime/read-heads.ts';
import type { LockBudget } from '../runtime/waiting/lock-budget.ts';
import { readHistory, type ScriptLocations } from '../script/script-directory.ts';

/** What a command needs that only reads scripts. */
export interface HistoryContext {
  readonly scripts: ScriptLocations;
}

/** What a command needs that reads or changes a database. */
export interface DatabaseContext extends HistoryContext {
  readonly driver: Driver;
  /** Told what goes on; nothing depends on it. */
  readonly listener?: EventListener;
  /** Aborted to end what is running: it stops between statements and batches, and what is not finished is rolled back. */
  readonly signal?: AbortSignal;
}

/** A history and where a database stands in it. */
export interface DatabaseState {
  readonly map: RevisionMap;
  readonly dialect: Dialect;
  /** The version rows, newest first. */
  readonly heads: readonly string[];
}

/**
 * Reads the scripts and the version table.
 *
 * @param budget how long to wait for who keeps the version table from being read.
 * @throws RevisionError for a broken history; DatabaseStateError `UNKNOWN_DATABASE_REVISION` or `VERSION_TABLE_INVALID`
 *   when the version rows do not fit it.
 */
export async function readState(context: DatabaseContext, budget?: LockBudget): Promise<DatabaseState> {
  const dialect = dialectOf(context.driver.dialect);
  const map = await readHistory(context.scripts);
  const heads = checkCurrentHeads(
    map,
    await readHeads(context.driver, dialect, readOptions(context, budget)),
  );
  return { map, dialect, heads };
}

/** How to read the version table for a command. */
export function readOptions({ listener, signal }: DatabaseContext, budget?: LockBudget): ReadHeadsOptions {
  return { budget, listener, signal };
}

export function listenerOf(context: DatabaseContext): EventListener {
  return context.listener ?? (() => undefined);
}
