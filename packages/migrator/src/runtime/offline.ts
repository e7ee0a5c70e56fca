import type { Dialect, Statement } from '../dialects/dialect.ts';
import { ExecutionError } from '../errors.ts';
import { describeStep, type RevisionStep, type StampPlan } from '../revision/plan.ts';
import type { Schema } from '../schema/schema.ts';
import { compilePart, type StepPart, splitParts } from './compiled-step.ts';
import { printAssertion } from './printed-assertion.ts';
import { printData } from './printed-data-step.ts';
import type { RecordedStep } from './recorded-step.ts';
import { VersionTable } from './version-table.ts';

export interface OfflineOptions {
  readonly dialect: Dialect;
  /** The schema before the first step, as the scripts make it. */
  readonly before: Schema;
  /** Whether the version table may be missing. */
  readonly fromBase: boolean;
  /** Put a comment where a data step must read rows first, instead of refusing. */
  readonly skipDataSteps: boolean;
}

/** A piece of a revision's SQL. */
type Line = { readonly sql: string; readonly outside: boolean } | { readonly comment: string };

/**
 * The SQL that a plan would run, each revision a transaction of its own with its version row.
 *
 * @returns lines of text, complete statements with their semicolons, comments between them.
 * @throws ExecutionError `OFFLINE_NOT_POSSIBLE` naming the first step that must read rows, before any line is returned.
 */
export async function printSteps(
  recorded: readonly RecordedStep[],
  options: OfflineOptions,
): Promise<string[]> {
  const { dialect } = options;
  const lines: string[] = dialect.name === 'sqlite' ? ['PRAGMA foreign_keys = ON;', ''] : [];
  let schema = options.before;
  const table = new VersionTable(dialect);
  for (const [index, each] of recorded.entries()) {
    const { printed, foreignKeysOff, after } = await printRevision(each, schema, options);
    const creation = index === 0 && options.fromBase ? [statement(table.creation)] : [];
    const versions = table.statements(each.step.versionChange).map(statement);
    const inTransaction = [...printed, ...creation, ...versions];
    lines.push(...transaction(describeStep(each.step), inTransaction, foreignKeysOff, dialect));
    schema = after;
  }
  return lines;
}

/** The SQL that writes version rows, in one transaction. */
export function printStamp(
  { steps, purge }: StampPlan,
  options: Pick<OfflineOptions, 'dialect' | 'fromBase'>,
): string[] {
  const { dialect, fromBase } = options;
  const table = new VersionTable(dialect);
  const rows = steps.flatMap((step) => [
    { comment: describeStep(step) },
    ...table.statements(step.versionChange).map(statement),
  ]);
  const creation = fromBase || purge ? [statement(table.creation)] : [];
  const forget = purge ? [statement(table.purge)] : [];
  return transaction(null, [...creation, ...forget, ...rows], false, dialect);
}

function statement(sql: string): Line {
  return { sql, outside: false };
}

interface PrintedRevision {
  readonly printed: readonly Line[];
  readonly foreignKeysOff: boolean;
  readonly after: Schema;
}

async function printRevision(
  { step, operations }: RecordedStep,
  before: Schema,
  options: OfflineOptions,
): Promise<PrintedRevision> {
  const printed: Line[] = [];
  let foreignKeysOff = false;
  let schema = before;
  let dataSteps = 0;
  for (const part of splitParts(operations)) {
    if (part.kind === 'schema') {
      const { compiled, after } = compilePart(part.operations, options.dialect, schema);
      foreignKeysOff ||= compiled.foreignKeysOff;
      printed.push(...compiled.statements.flatMap((each) => printStatement(each, options.dialect)));
      schema = after;
    } else {
      if (part.operation.kind === 'run') dataSteps++;
      printed.push(...(await printDataPart(part, step, dataSteps, options)));
    }
  }
  return { printed, foreignKeysOff, after: schema };
}

function printStatement(each: Statement, dialect: Dialect): Line[] {
  if (each.kind === 'assertion') return printAssertion(each.sql, each.message, dialect).map(statement);
  return [{ sql: each.sql, outside: each.outsideTransaction ?? false }];
}

async function printDataPart(
  { operation }: Extract<StepPart, { kind: 'data' }>,
  step: RevisionStep,
  number: number,
  { dialect, skipDataSteps }: OfflineOptions,
): Promise<readonly Line[]> {
  const statements = await printData(operation, step, dialect);
  const outside = operation.kind === 'run' && !operation.transactional;
  if (statements !== null) return statements.map((sql) => ({ sql, outside }));
  const { revision, path } = step.revision;
  if (skipDataSteps) {
    return [
      { comment: `SKIPPED data step ${number} of revision ${revision}: it reads rows first. See ${path}` },
    ];
  }
  throw new ExecutionError(
    'OFFLINE_NOT_POSSIBLE',
    `Data step ${number} in the ${step.direction} of revision ${revision} reads rows first, so it cannot be printed as SQL.`,
    {
      hint: 'Run the command without --sql, or leave such steps out with --skip-data-steps and do their work by hand.',
      facts: { revision, direction: step.direction, step: number, path },
    },
  );
}

/** SQLite counts violated foreign keys here before a rebuild, to fail when there are more of them afterwards. */
const VIOLATIONS = 'temp."freshmaker_violations"';

function transaction(
  title: string | null,
  printed: readonly Line[],
  foreignKeysOff: boolean,
  dialect: Dialect,
): string[] {
  const begin = dialect.name === 'sqlite' ? 'BEGIN IMMEDIATE;' : 'BEGIN;';
  const lines: string[] = title === null ? [] : [`-- ${title}`, ''];
  if (foreignKeysOff) {
    lines.push(
      'PRAGMA foreign_keys = OFF;',
      `CREATE TABLE ${VIOLATIONS} AS SELECT count(*) AS n FROM pragma_foreign_key_check;`,
      '',
    );
  }
  let open = false;
  for (const each of printed) {
    const outside = 'outside' in each && each.outside;
    if (open === outside) lines.push(outside ? 'COMMIT;' : begin, '');
    open = !outside;
    lines.push(...('comment' in each ? [`-- ${each.comment}`, ''] : [`${each.sql};`, '']));
  }
  if (!open) lines.push(begin, '');
  if (foreignKeysOff) lines.push(...noNewViolations(dialect));
  lines.push('COMMIT;', '');
  if (foreignKeysOff) lines.push(`DROP TABLE ${VIOLATIONS};`, 'PRAGMA foreign_keys = ON;', '');
  return lines;
}

function noNewViolations(dialect: Dialect): string[] {
  const check = `SELECT (SELECT count(*) FROM pragma_foreign_key_check) <= (SELECT n FROM ${VIOLATIONS})`;
  return printAssertion(check, 'Rows would refer to rows that do not exist', dialect).flatMap((sql) => [
    `${sql};`,
    '',
  ]);
}
