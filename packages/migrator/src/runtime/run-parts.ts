import { assertionFailure } from '../dialects/assertion.ts';
import type { Statement } from '../dialects/dialect.ts';
import { refuseHiddenRows } from '../dialects/sqlite/temporary-object.ts';
import { ExecutionError, OperationError } from '../errors.ts';
import type { Schema } from '../schema/schema.ts';
import { splitStatements } from '../schema/split-statements.ts';
import { compilePart, isWhole, needsForeignKeysOff, type StepPart } from './compiled-step.ts';
import { describeLoss, findLosses, type Loss, refuseLosses } from './data-loss.ts';
import { runDataStep } from './data-step.ts';
import { requireDiskSpace } from './disk-space.ts';
import { bindable, insertStatements } from './insert-rows.ts';
import { KeptTransaction } from './kept-transaction.ts';
import { isOwnTable } from './own-tables.ts';
import type { RecordedStep } from './recorded-step.ts';
import { tellRows } from './rows-in-the-way.ts';
import { runInRanges } from './run-in-ranges.ts';
import type { StepEnvironment } from './step-environment.ts';
import type { StatementFailure } from './step-error.ts';
import { interruptPoint } from './waiting/interrupt.ts';

/** Thrown inside a transaction that began with foreign keys on, when a rebuild turns out to need them off. */
class ForeignKeysAreOn extends Error {}

/**
 * Makes an attempt, and another one with foreign keys off where that turns out to be needed: they cannot be turned off
 * inside a transaction, and what it needs is known for sure only inside.
 */
export async function withForeignKeys<Result>(
  attempt: (foreignKeysOff: boolean) => Promise<Result>,
): Promise<Result> {
  try {
    return await attempt(false);
  } catch (error) {
    if (error instanceof ForeignKeysAreOn) return attempt(true);
    throw error;
  }
}

/** Finds out before anything is done whether parts will be refused, or need foreign keys off that are on. */
export function requireForeignKeys(
  parts: readonly StepPart[],
  before: Schema,
  foreignKeysOff: boolean,
  { dialect }: StepEnvironment,
): void {
  if (!foreignKeysOff && needsForeignKeysOff(parts, dialect, before)) throw new ForeignKeysAreOn();
}

/** The database as it is, without the migrator's own tables. */
export async function inspect({ dialect, session }: StepEnvironment): Promise<Schema> {
  return dialect.inspect(session, { exclude: isOwnTable });
}

/**
 * Runs the parts of a revision in the open transaction.
 *
 * @returns the schema after all parts, null where a step of the author's own may have changed it.
 */
export async function runParts(
  recorded: RecordedStep,
  parts: readonly StepPart[],
  before: Schema,
  foreignKeysOff: boolean,
  failure: StatementFailure,
  environment: StepEnvironment,
): Promise<Schema | null> {
  const transaction = new KeptTransaction(environment);
  let schema: Schema | null = before;
  let rowsChanged = false;
  for (const part of parts) {
    if (part.kind === 'schema') {
      if (rowsChanged) await environment.dialect.transaction.settle(environment.session);
      const now: Schema = schema ?? (await inspect(environment));
      const { compiled, after } = compilePart(part.operations, environment.dialect, now);
      if (compiled.foreignKeysOff && !foreignKeysOff) throw new ForeignKeysAreOn();
      watchLosses(
        await findLosses(part.operations, now, environment.session, environment.dialect),
        environment,
      );
      if (environment.dialect.name === 'sqlite')
        await requireDiskSpace(environment.session, compiled.rebuilds);
      await runStatements(compiled.statements, failure, environment);
      schema = isWhole(after) ? after : null;
    } else {
      const { operation } = part;
      const work = () => runData(part, recorded, failure, environment);
      if (operation.kind === 'bulkInsert') {
        if (schema) refuseHiddenRows(operation.table, schema);
        await work();
      } else {
        const mayChange = await transaction.during(operation.kind === 'run', work);
        if (mayChange || !staysKnown(schema, environment)) schema = null;
      }
      rowsChanged = true;
    }
  }
  await transaction.restore();
  return schema;
}

/**
 * Whether a schema stays known behind a step that has written rows. PostgreSQL refuses what does not go with the schema
 * there is, should a trigger or a step's own ways have changed it after all; a rebuild on SQLite goes by what is known.
 */
function staysKnown(schema: Schema | null, { dialect }: StepEnvironment): boolean {
  return dialect.name === 'postgresql' && schema?.triggers.length === 0;
}

function watchLosses(losses: readonly Loss[], { losses: rules, listener }: StepEnvironment): void {
  if (rules.refuse) refuseLosses(losses);
  for (const loss of losses) {
    listener({ type: 'warning', message: describeLoss(loss).replace(/^./, (first) => first.toUpperCase()) });
  }
}

/** Runs compiled statements, one after the other, on the session as it is. */
export async function runStatements(
  statements: readonly Statement[],
  failure: StatementFailure,
  environment: StepEnvironment,
): Promise<void> {
  const { session, listener, signal } = environment;
  for (const statement of statements) {
    await interruptPoint(signal);
    failure.statement = statement.sql;
    if (statement.kind === 'sql') {
      if (statement.progress) listener({ type: 'progress', message: statement.progress });
      listener({ type: 'statement', sql: statement.sql });
      const work: Promise<unknown> = statement.ranged
        ? runInRanges(statement.ranged, statement.progress ?? '', environment)
        : tellUse(statement, session.query(statement.sql, statement.parameters), environment);
      await tellRows(statement.whenRefused, work, environment);
    } else {
      const { rows } = await tellUse(statement, session.query(statement.sql), environment);
      const [answer] = Object.values(rows[0] ?? {});
      if (!answer) throw new ExecutionError('MIGRATION_FAILED', assertionFailure(statement.message, rows[0]));
    }
  }
  failure.statement = null;
}

/** @throws OperationError `OPERATION_NOT_SUPPORTED` where a statement that is to find out who uses something is refused. */
async function tellUse<Result>(
  { inUse }: Statement,
  work: Promise<Result>,
  { dialect, database }: StepEnvironment,
): Promise<Result> {
  if (!inUse) return work;
  return work.catch((error: unknown) => {
    if (dialect.translateError(error, database)) throw error;
    const { message, hint, facts } = inUse;
    throw new OperationError('OPERATION_NOT_SUPPORTED', message, { hint, facts, cause: error });
  });
}

/** @returns whether it may have changed the schema. */
async function runData(
  { operation }: Extract<StepPart, { kind: 'data' }>,
  { step }: RecordedStep,
  failure: StatementFailure,
  environment: StepEnvironment,
): Promise<boolean> {
  const { session, dialect, listener, signal } = environment;
  let mayChangeSchema = false;
  const run = async (sql: string, parameters: readonly unknown[] = []) => {
    await interruptPoint(signal);
    failure.statement = sql;
    listener({ type: 'statement', sql });
    await session.query(sql, parameters);
  };
  switch (operation.kind) {
    case 'execute': {
      mayChangeSchema = true;
      const text = operation.sql[dialect.name];
      const statements =
        dialect.name === 'sqlite' ? splitStatements(text ?? '') : text === null ? [] : [text];
      for (const sql of statements)
        await run(
          sql,
          operation.parameters.map((each) => bindable(each, dialect)),
        );
      break;
    }
    case 'bulkInsert':
      for (const { sql, parameters } of insertStatements(operation, dialect)) await run(sql, parameters);
      break;
    case 'run':
      mayChangeSchema = await runDataStep(operation, step, environment);
      break;
  }
  failure.statement = null;
  return mayChangeSchema;
}
