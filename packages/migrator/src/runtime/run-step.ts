import type { Compiled, Dialect } from '../dialects/dialect.ts';
import type { OpenTransaction } from '../dialects/transaction.ts';
import type { Session } from '../driver/driver.ts';
import { ExecutionError } from '../errors.ts';
import type { Schema } from '../schema/schema.ts';
import { splitStatements } from '../schema/split-statements.ts';
import { compilePart, needsForeignKeysOff, type StepPart, splitParts } from './compiled-step.ts';
import { runDataStep } from './data-step.ts';
import type { EventListener } from './events.ts';
import { bindable, insertStatements } from './insert-rows.ts';
import type { RecordedStep } from './recorded-step.ts';
import { type StatementFailure, stepFailed } from './step-error.ts';
import { beginTransaction, type LockOptions } from './transaction-lock.ts';
import { VERSION_TABLE, type VersionTable } from './version-table.ts';

/** What all steps of a run share. */
export interface StepEnvironment {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly versionTable: VersionTable;
  readonly listener: EventListener;
  readonly lock: LockOptions;
  /** Where the database is, for people. */
  readonly database: string;
}

/** How a step ended. */
export type StepOutcome =
  | { readonly kind: 'applied'; readonly schema: Schema | null }
  /** Somebody else migrated meanwhile; nothing was done. */
  | { readonly kind: 'moved'; readonly heads: readonly string[] }
  /** Somebody else is migrating, and this run leaves it to them. */
  | { readonly kind: 'skipped' };

/** Thrown inside a transaction that began with foreign keys on, when a rebuild turns out to need them off. */
class ForeignKeysAreOn extends Error {}

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

async function inspect({ dialect, session }: StepEnvironment): Promise<Schema> {
  return dialect.inspect(session, { exclude: (table) => table === VERSION_TABLE });
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

/** @returns the schema after all parts, null where a step of the author's own may have changed it. */
async function runParts(
  recorded: RecordedStep,
  parts: readonly StepPart[],
  before: Schema,
  foreignKeysOff: boolean,
  failure: StatementFailure,
  environment: StepEnvironment,
): Promise<Schema | null> {
  let schema: Schema | null = before;
  for (const part of parts) {
    if (part.kind === 'schema') {
      const { compiled, after } = compilePart(
        part.operations,
        environment.dialect,
        schema ?? (await inspect(environment)),
      );
      if (compiled.foreignKeysOff && !foreignKeysOff) throw new ForeignKeysAreOn();
      await runStatements(compiled, failure, environment);
      schema = after;
    } else {
      await runData(part, recorded, failure, environment);
      if (part.operation.kind !== 'bulkInsert') schema = null;
    }
  }
  return schema;
}

async function runStatements(
  compiled: Compiled,
  failure: StatementFailure,
  { session, listener }: StepEnvironment,
): Promise<void> {
  for (const statement of compiled.statements) {
    failure.statement = statement.sql;
    if (statement.kind === 'sql') {
      if (statement.progress) listener({ type: 'progress', message: statement.progress });
      listener({ type: 'statement', sql: statement.sql });
      await session.query(statement.sql, statement.parameters);
    } else {
      const { rows } = await session.query(statement.sql);
      const [answer] = Object.values(rows[0] ?? {});
      if (!answer) throw new ExecutionError('MIGRATION_FAILED', statement.message);
    }
  }
  failure.statement = null;
}

async function runData(
  { operation }: Extract<StepPart, { kind: 'data' }>,
  { step }: RecordedStep,
  failure: StatementFailure,
  environment: StepEnvironment,
): Promise<void> {
  const { session, dialect, listener } = environment;
  const run = async (sql: string, parameters: readonly unknown[] = []) => {
    failure.statement = sql;
    listener({ type: 'statement', sql });
    await session.query(sql, parameters);
  };
  switch (operation.kind) {
    case 'execute': {
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
      await runDataStep(operation, { session, dialect, step, listener });
      break;
  }
  failure.statement = null;
}
