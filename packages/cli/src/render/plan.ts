import type { PlanDocument, PlannedStep, TableSize } from '@freshmaker/migrator/engine';
import { operationLine } from './operations.ts';

/** What would be run, for people; with `sql` also the statements. */
export function planLines({ steps }: PlanDocument, options: { readonly sql: boolean }): string[] {
  if (steps.length === 0) return ['Nothing to do.'];
  return steps.flatMap((step) => [...stepLines(step, options.sql), '']).slice(0, -1);
}

function stepLines(step: PlannedStep, sql: boolean): string[] {
  const arrow = `${step.fromRevisions.join(', ')} -> ${step.toRevisions.join(', ')}`;
  const message = step.message === '' ? '' : `, ${step.message}`;
  const size = (name: string) => sizeOf(step.tables.find((each) => each.table === name));
  return [
    `${step.direction} ${arrow}${message}`,
    ...step.operations.map((operation) => `  ${operationLine(operation)}`),
    ...step.rebuilds.map((table) => `  ! rebuilds table ${table}${size(table)}`),
    // That a SQLite file takes one writer at a time is true of every step.
    ...step.locks.flatMap(({ table, blocks }) =>
      table === null ? [] : [`  ! keeps ${blocks} of ${table} waiting${size(table)}`],
    ),
    ...step.losses.map(({ kind, count, table, column }) => {
      const what = column === null ? `row(s) of ${table}` : `value(s) of ${table}.${column}`;
      return `  ! ${kind === 'alterColumn' ? 'may cut' : 'destroys'} ${count} ${what}`;
    }),
    ...(step.unknown === null ? [] : [`  ? rests on a step of the author's own: ${step.unknown}`]),
    ...(sql ? step.statements.flatMap((statement) => [...indent(`${statement};`)]) : []),
  ];
}

function sizeOf(size: TableSize | undefined): string {
  if (size === undefined) return '';
  const rows = `${size.estimated ? 'about ' : ''}${size.rows.toLocaleString('en')} row(s)`;
  return size.bytes === null ? ` (${rows})` : ` (${rows}, ${megabytes(size.bytes)})`;
}

function megabytes(bytes: number): string {
  const unit = bytes >= 1024 * 1024 ? ([1024 * 1024, 'MB'] as const) : ([1024, 'kB'] as const);
  return `${(bytes / unit[0]).toFixed(bytes / unit[0] < 10 ? 1 : 0)} ${unit[1]}`;
}

function indent(statement: string): string[] {
  return statement.split('\n').map((line) => `      ${line}`);
}
