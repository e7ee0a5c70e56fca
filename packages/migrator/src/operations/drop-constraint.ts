import { OperationError } from '../errors.ts';
import type { Constraint } from '../schema/constraint.ts';
import { defaultConstraintName } from '../schema/constraint-name.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import { mentionsIdentifier, tokenizeSql } from '../schema/sql-lexer.ts';
import type { Table } from '../schema/table.ts';
import { constraintsOf, countingUp } from './create-constraint.ts';
import type { CreateConstraint, CreatePrimaryKey, DropConstraint } from './operation.ts';
import { requireTable } from './require.ts';

export interface DropConstraintOptions {
  readonly type?: Constraint['kind'];
  /** Find a constraint that has no name on this engine by its columns. */
  readonly columns?: readonly string[];
  /** Find a check that has no name on this engine by its expression. */
  readonly sql?: string;
}

/**
 * Finds the constraint an operation means: by its name; else by columns or expression, among those without a name first;
 * else by the name PostgreSQL would have made up for it.
 *
 * @throws OperationError `OPERATION_INVALID` when none or several fit.
 */
export function findConstraint(table: Table, operation: DropConstraint): Constraint {
  const ofType = constraintsOf(table).filter(
    (each) => operation.type === null || each.kind === operation.type,
  );
  const named = ofType.find((each) => operation.name !== null && each.name === operation.name);
  if (named) return named;
  const described = ofType.filter(
    (each) => (operation.name === null || each.name === null) && fitsDescription(each, operation),
  );
  const unnamed = described.filter((each) => each.name === null);
  const fitting = unnamed.length > 0 ? unnamed : described;
  const candidates =
    fitting.length > 0 ? fitting : ofType.filter((each) => fitsMadeUpName(table, each, operation));
  const [found, ...others] = candidates;
  // Of several that are the same in all, the last one goes: it came last.
  if (found && others.every((each) => JSON.stringify(each) === JSON.stringify(found)))
    return others.at(-1) ?? found;
  throw new OperationError(
    'OPERATION_INVALID',
    found
      ? `Several constraints of "${table.name}" fit ${describe(operation)}.`
      : `Table "${table.name}" has no constraint ${describe(operation)}.`,
    {
      hint: 'Give the name, or type and columns (for a check its sql), of the constraint in the revision script.',
      facts: { table: table.name, name: operation.name, columns: operation.columns },
    },
  );
}

function fitsDescription(constraint: Constraint, operation: DropConstraint): boolean {
  if (constraint.kind === 'check') {
    return operation.sql !== null && sameExpression(constraint.expression, operation.sql);
  }
  if (constraint.kind === 'primaryKey' && operation.type === 'primaryKey' && operation.columns === null)
    return true;
  return operation.columns !== null && sameColumns(constraint.columns, operation.columns);
}

function fitsMadeUpName(table: Table, constraint: Constraint, operation: DropConstraint): boolean {
  if (constraint.name !== null || operation.name === null) return false;
  const columns =
    constraint.kind === 'check' ? columnsOfCheck(table, constraint.expression) : constraint.columns;
  return defaultConstraintName(table.name, constraint.kind, columns) === operation.name;
}

/** The one column a check mentions, or none: PostgreSQL's rule for the name of a check. */
export function columnsOfCheck(table: Table, expression: string): string[] {
  const mentioned = table.columns
    .filter((each) => mentionsIdentifier(expression, each.name))
    .map((each) => each.name);
  return mentioned.length === 1 ? mentioned : [];
}

function sameColumns(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, at) => name === right[at]);
}

function sameExpression(left: string, right: string): boolean {
  const normal = (text: string) =>
    tokenizeSql(text)
      .filter((token) => token.kind !== 'space' && token.kind !== 'comment')
      .map((token) => (token.kind === 'string' ? token.text : token.value.toLowerCase()))
      .join(' ');
  return normal(left) === normal(right);
}

function describe({ name, type, columns, sql }: DropConstraint): string {
  const parts = [
    ...(name === null ? [] : [`called "${name}"`]),
    ...(type === null ? [] : [`of type ${type}`]),
    ...(columns === null ? [] : [`on (${columns.join(', ')})`]),
    ...(sql === null ? [] : [`with the expression ${sql}`]),
  ];
  return parts.length === 0 ? 'without a name' : parts.join(' ');
}

export function applyDropConstraint(schema: Schema, operation: DropConstraint): Schema {
  const table = requireTable(schema, operation.table);
  const found = findConstraint(table, operation);
  const left: Table = {
    ...table,
    primaryKey: table.primaryKey === found ? null : table.primaryKey,
    uniques: table.uniques.filter((each) => each !== found),
    checks: table.checks.filter((each) => each !== found),
    foreignKeys: table.foreignKeys.filter((each) => each !== found),
  };
  return replaceTable(schema, table.name, countingUp(left, found, operation.autoincrement));
}

export function reverseDropConstraint(operation: DropConstraint, before: Schema): CreateConstraint {
  const table = requireTable(before, operation.table);
  const constraint = findConstraint(table, operation);
  switch (constraint.kind) {
    case 'primaryKey':
      return { kind: 'createPrimaryKey', table: table.name, constraint, ...counting(table, operation) };
    case 'unique':
      return { kind: 'createUniqueConstraint', table: table.name, constraint };
    case 'check':
      return { kind: 'createCheckConstraint', table: table.name, constraint };
    case 'foreignKey':
      return { kind: 'createForeignKey', table: table.name, constraint };
  }
}

/** How the key's column counted up before, for a database where the key decides that. */
function counting(table: Table, operation: DropConstraint): Pick<CreatePrimaryKey, 'autoincrement'> {
  const key = table.primaryKey?.columns[0];
  const column = table.columns.find((each) => each.name === key);
  return operation.autoincrement === undefined || !column ? {} : { autoincrement: column.autoincrement };
}
