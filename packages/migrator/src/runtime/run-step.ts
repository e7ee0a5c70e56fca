import type { Schema } from '../schema/schema.ts';
import { splitParts } from './compiled-step.ts';
import { type BackUpCopy, guardLosses } from './guard-losses.ts';
import type { RecordedStep } from './recorded-step.ts';
import { inspect, requireForeignKeys, runParts, withForeignKeys } from './run-parts.ts';
import { inTransaction } from './run-transaction.ts';
import { runSegmented } from './segments/run-segmented.ts';
import { isOutside } from './segments/split-segments.ts';
import type { StepEnvironment } from './step-environment.ts';
import { type StatementFailure, stepFailed } from './step-error.ts';
import type { StepOutcome } from './step-outcome.ts';
import { sameHeads } from './version-table.ts';

/**
 * Runs one revision: its structure, its data steps and its version row are one transaction. Whatever fails, and
 * whenever the process ends, the database is at the revision before or at this one.
 *
 * A revision with operations that run outside a transaction takes several: see {@link runSegmented}.
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
  const { dialect } = environment;
  const failure: StatementFailure = { statement: null };
  const segmented = recorded.operations.some((each) => isOutside(each, dialect));
  try {
    for (;;) {
      if (!segmented) {
        const outcome = await runWhole(recorded, expectedHeads, known, failure, environment);
        if (outcome !== 'a revision is half done') return outcome;
      }
      const outcome = await runSegmented(recorded, expectedHeads, failure, environment);
      if (outcome !== 'nothing is half done') return outcome;
    }
  } catch (error) {
    throw await stepFailed(error, recorded, failure, environment);
  }
}

async function runWhole(
  recorded: RecordedStep,
  expectedHeads: readonly string[],
  known: Schema | null,
  failure: StatementFailure,
  environment: StepEnvironment,
): Promise<StepOutcome | 'a revision is half done'> {
  const { session, versionTable, checkpoints } = environment;
  const parts = splitParts(recorded.operations);
  const copy: BackUpCopy = { path: null };
  const attempt = (foreignKeysOff: boolean) =>
    inTransaction<StepOutcome | 'a revision is half done'>(
      environment,
      { foreignKeysOff, held: false },
      async () => {
        const { heads, found } = await versionTable.readBeside(session, checkpoints.existence);
        if (!sameHeads(heads, expectedHeads)) return { keep: false, result: { kind: 'moved', heads } };
        if (found && (await checkpoints.read(session)))
          return { keep: false, result: 'a revision is half done' };
        const before = known ?? (await inspect(environment));
        requireForeignKeys(parts, before, foreignKeysOff, environment);
        await guardLosses(recorded, before, copy, environment);
        const after = await runParts(recorded, parts, before, foreignKeysOff, failure, environment);
        await versionTable.write(session, recorded.step.versionChange);
        return { keep: true, result: { kind: 'applied', schema: after } };
      },
    );
  const outcome = (await withForeignKeys(attempt)) ?? { kind: 'skipped' };
  if (outcome !== 'a revision is half done' && outcome.kind === 'applied') versionTable.noteWritten();
  return outcome;
}
