import type { OpenTransaction } from '../dialects/transaction.ts';
import type { Schema } from '../schema/schema.ts';
import { backUp } from './backup.ts';
import { needsForeignKeysOff, type StepPart, splitParts } from './compiled-step.ts';
import { describeLoss, findLosses } from './data-loss.ts';
import type { RecordedStep } from './recorded-step.ts';
import { ForeignKeysAreOn, inspect, runParts } from './run-parts.ts';
import type { StepEnvironment } from './step-environment.ts';
import { type StatementFailure, stepFailed } from './step-error.ts';
import { beginTransaction } from './transaction-lock.ts';

/** How a step ended. */
export type StepOutcome =
  | { readonly kind: 'applied'; readonly schema: Schema | null }
  /** Somebody else migrated meanwhile; nothing was done. */
  | { readonly kind: 'moved'; readonly heads: readonly string[] }
  /** Somebody else is migrating, and this run leaves it to them. */
  | { readonly kind: 'skipped' };

/**
 * Runs one revision: its structure, its data steps and its version row are one transaction. Whatever fails, and
 * whenever the process ends, the database is at the revision before or at this one.
 *
 * @param expectedHeads the version rows the plan was made for; read again inside the lock.
 * @param known the schema if it is known, null where it must be inspected.
 */
export async function runStep(
  recorded: RecordedStep,
  expectedHeads: readonly string[],
  known: Schema | null,
  environment: StepEnvironment,
): Promise<StepOutcome> {
  const parts = splitParts(recorded.operations);
  const failure: StatementFailure = { statement: null };
  try {
    const before = known ?? (await inspect(environment));
    const foreignKeysOff = needsForeignKeysOff(parts, environment.dialect, before);
    await backUpBeforeLoss(recorded, parts, before, environment);
    const attempt = (off: boolean) =>
      runInTransaction(recorded, parts, expectedHeads, before, off, failure, environment);
    try {
      return await attempt(foreignKeysOff);
    } catch (error) {
      if (error instanceof ForeignKeysAreOn) return await attempt(true);
      throw error;
    }
  } catch (error) {
    throw await stepFailed(error, recorded, failure, environment);
  }
}

/** The copy is made before the transaction begins: SQLite cannot make it inside one. */
async function backUpBeforeLoss(
  { step }: RecordedStep,
  parts: readonly StepPart[],
  before: Schema,
  { session, dialect, losses, listener }: StepEnvironment,
): Promise<void> {
  if (!losses.backup || dialect.name !== 'sqlite') return;
  const operations = parts.flatMap((part) => (part.kind === 'schema' ? part.operations : []));
  const expected = await findLosses(operations, before, session, dialect);
  if (expected.length === 0) return;
  if (losses.refuse && expected.some((loss) => !loss.allowed)) return;
  const copy = await backUp(session, step.revision.revision);
  if (copy)
    listener({
      type: 'log',
      message: `Copied the database to ${copy} before ${expected.map(describeLoss).join('; ')}.`,
    });
}

async function runInTransaction(
  recorded: RecordedStep,
  parts: readonly StepPart[],
  expectedHeads: readonly string[],
  before: Schema,
  foreignKeysOff: boolean,
  failure: StatementFailure,
  environment: StepEnvironment,
): Promise<StepOutcome> {
  const transaction = await beginTransaction(environment, foreignKeysOff);
  if (transaction === null) return { kind: 'skipped' };
  return settle(transaction, async () => {
    const heads = await environment.versionTable.read(environment.session);
    if (!sameHeads(heads, expectedHeads)) {
      await transaction.rollback();
      return { kind: 'moved', heads };
    }
    const after = await runParts(recorded, parts, before, foreignKeysOff, failure, environment);
    await writeVersion(recorded, environment);
    await transaction.commit();
    return { kind: 'applied', schema: after };
  });
}

/** Rolls back what `work` leaves open by failing; the error that made it fail is the one that is told. */
async function settle<Result>(transaction: OpenTransaction, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

function sameHeads(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((head) => right.includes(head));
}

async function writeVersion(
  { step }: RecordedStep,
  { versionTable, session }: StepEnvironment,
): Promise<void> {
  if (!(await versionTable.exists(session))) await session.query(versionTable.creation);
  await versionTable.apply(session, step.versionChange);
}
