import { assertionFailure } from '../dialects/assertion.ts';
import type { Compiled } from '../dialects/dialect.ts';
import { ExecutionError } from '../errors.ts';
import type { Schema } from '../schema/schema.ts';
import { splitStatements } from '../schema/split-statements.ts';
import { compilePart, type StepPart } from './compiled-step.ts';
import { describeLoss, findLosses, type Loss, refuseLosses } from './data-loss.ts';
import { runDataStep } from './data-step.ts';
import { bindable, insertStatements } from './insert-rows.ts';
import type { RecordedStep } from './recorded-step.ts';
import type { StepEnvironment } from './step-environment.ts';
import type { StatementFailure } from './step-error.ts';
import { VERSION_TABLE } from './version-table.ts';

/** Thrown inside a transaction that began with foreign keys on, when a rebuild turns out to need them off. */
export class ForeignKeysAreOn extends Error {}

/** The database as it is, without the version table. */
export async function inspect({ dialect, session }: StepEnvironment): Promise<Schema> {
  return dialect.inspect(session, { exclude: (table) => table === VERSION_TABLE });
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
  let schema: Schema | null = before;
  for (const part of parts) {
    if (part.kind === 'schema') {
      const now: Schema = schema ?? (await inspect(environment));
      const { compiled, after } = compilePart(part.operations, environment.dialect, now);
      if (compiled.foreignKeysOff && !foreignKeysOff) throw new ForeignKeysAreOn();
      watchLosses(
        await findLosses(part.operations, now, environment.session, environment.dialect),
        environment,
      );
      await runStatements(compiled, failure, environment);
      // A rename changes the texts of triggers and views in a way only the database knows.
      schema = after.triggers.length + after.views.length === 0 ? after : null;
    } else {
      await runData(part, recorded, failure, environment);
      if (part.operation.kind !== 'bulkInsert') schema = null;
    }
  }
  return schema;
}

function watchLosses(losses: readonly Loss[], { losses: rules, listener }: StepEnvironment): void {
  if (rules.refuse) refuseLosses(losses);
  for (const loss of losses) {
    listener({ type: 'warning', message: describeLoss(loss).replace(/^./, (first) => first.toUpperCase()) });
  }
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
      if (!answer) throw new ExecutionError('MIGRATION_FAILED', assertionFailure(statement.message, rows[0]));
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
