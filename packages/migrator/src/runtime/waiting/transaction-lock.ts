import type { HeldLock, OpenTransaction } from '../../dialects/transaction.ts';
import type { StepEnvironment } from '../step-environment.ts';
import { askingPauses } from './lock-budget.ts';
import { describeHolder, migratorLocked } from './locked-error.ts';

/** What waiting for the lock needs to know. */
export type LockEnvironment = Pick<
  StepEnvironment,
  'session' | 'lender' | 'dialect' | 'budget' | 'listener' | 'database'
>;

export interface BeginOptions {
  readonly foreignKeysOff: boolean;
  /** Whether the migrators' lock is held already, for several transactions. */
  readonly held: boolean;
}

/**
 * Begins a transaction that holds the migrators' lock.
 *
 * @returns null when somebody else holds it and the mode is `skip`.
 * @throws DatabaseStateError `LOCK_TIMEOUT` (on SQLite `DATABASE_LOCKED`) naming the holder where it can be told.
 */
export async function beginTransaction(
  environment: LockEnvironment,
  { foreignKeysOff, held }: BeginOptions,
): Promise<OpenTransaction | null> {
  const { session, dialect, budget, listener } = environment;
  const begin = held ? dialect.transaction.tryBeginHeld : dialect.transaction.tryBegin;
  const warn = (message: string) => listener({ type: 'warning', message });
  return untilFree(environment, () =>
    begin(session, { foreignKeysOff, lockTimeoutMs: budget.arm('attempt'), warn }),
  );
}

/** Takes the migrators' lock for several transactions; results and errors as of {@link beginTransaction}. */
export async function holdLock(environment: LockEnvironment): Promise<HeldLock | null> {
  const { session, lender, dialect } = environment;
  return untilFree(environment, () => dialect.transaction.tryHold(session, lender));
}

async function untilFree<Result>(
  environment: LockEnvironment,
  tryOnce: () => Promise<Result | null>,
): Promise<Result | null> {
  const { session, dialect, budget, listener } = environment;
  for (let round = 0; ; round++) {
    const result = await tryOnce();
    if (result !== null) return result;
    if (budget.options.mode === 'skip') return null;
    const holder = await dialect.transaction.lockHolder(session);
    if (budget.leftMs <= 0) throw migratorLocked(environment, holder);
    if (round === 0)
      listener({ type: 'waiting', message: `Waiting for another migrator${describeHolder(holder)}.` });
    await budget.pause(round, askingPauses);
  }
}
