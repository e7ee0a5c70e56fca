import { OperationError } from '../../errors.ts';
import type { Column } from '../../schema/column.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';

/**
 * Refuses a change that PostgreSQL would refuse half way, because something uses the column that does not follow it.
 *
 * @param change what the column cannot be done: `be dropped`.
 * @throws OperationError `OPERATION_NOT_SUPPORTED` naming what uses it.
 */
export function refuseDependents(table: Table, column: Column, change: string): void {
  const computed = table.columns.filter(
    ({ generated }) => generated !== null && mentionsIdentifier(generated.expression, column.name),
  );
  const dependents = [
    ...(column.dependents ?? []),
    ...computed.map((each) => `computed column ${each.name} of table ${table.name}`),
  ];
  if (dependents.length === 0) return;
  const { names, use, them } = inWords(dependents);
  throw new OperationError(
    'OPERATION_NOT_SUPPORTED',
    `On PostgreSQL column "${column.name}" of "${table.name}" cannot ${change}: ${names} ${use} it.`,
    {
      hint: `Drop ${names} in a step before this one (op.execute, for a column op.dropColumn), and create ${them} again behind it.`,
      facts: { dialect: 'postgresql', table: table.name, column: column.name, dependents },
    },
  );
}

/**
 * Refuses to drop a table that something uses which does not go with it. What is dropped with another table, such as a
 * foreign key, is left to PostgreSQL: that one may be gone by then.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` naming what uses it.
 */
export function refuseDependentsOfTable({ name, dependents = [] }: Table): void {
  if (dependents.length === 0) return;
  const { names, use } = inWords(dependents);
  throw new OperationError(
    'OPERATION_NOT_SUPPORTED',
    `On PostgreSQL table "${name}" cannot be dropped: ${names} ${use} it.`,
    {
      hint: `Drop ${names} in a step before this one (op.execute).`,
      facts: { dialect: 'postgresql', table: name, dependents },
    },
  );
}

function inWords(dependents: readonly string[]) {
  const one = dependents.length === 1;
  return { names: dependents.join(', '), use: one ? 'uses' : 'use', them: one ? 'it' : 'them' };
}
