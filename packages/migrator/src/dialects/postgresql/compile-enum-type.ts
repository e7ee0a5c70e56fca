import type { Column } from '../../schema/column.ts';
import { cutToBytes, MAX_NAME_BYTES } from '../../schema/constraint-name.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { createIndexSql } from './compile-index.ts';
import { constraintClause } from './constraint-clause.ts';
import { renderDefault } from './default-value.ts';
import { refuseDependents } from './dependents.ts';
import { createEnumType, dropEnumType, sameValues } from './enum-type.ts';
import { quoteIdentifier } from './literal.ts';
import { statement } from './statement.ts';

/** Types that an operation needs: new ones, and those whose values change. */
export function enumTypesBefore(before: Schema, after: Schema): Statement[] {
  return after.enums.flatMap((type) => {
    const known = before.enums.find((each) => each.name === type.name);
    if (!known) return [statement(createEnumType(type.name, type.values))];
    return sameValues(known.values, type.values) ? [] : replaceEnumType(type.name, type.values, before);
  });
}

/** Types that no column has any more. */
export function enumTypesAfter(before: Schema, after: Schema): Statement[] {
  return before.enums
    .filter((type) => !after.enums.some((each) => each.name === type.name))
    .map((type) => statement(dropEnumType(type.name)));
}

/**
 * The type is made anew and every column converted through text. `ALTER TYPE … ADD VALUE` would be shorter, but its
 * value cannot be used in the same transaction, and no value could be removed.
 */
function replaceEnumType(name: string, values: readonly string[], before: Schema): Statement[] {
  const old = temporaryName(name, before);
  const conversions = before.tables.flatMap((table) => convertColumns(table, name));
  return [
    statement(`ALTER TYPE ${quoteIdentifier(name)} RENAME TO ${quoteIdentifier(old)}`),
    statement(createEnumType(name, values)),
    ...conversions,
    statement(dropEnumType(old)),
  ];
}

function temporaryName(name: string, schema: Schema): string {
  const taken = new Set([...schema.enums, ...schema.tables].map((each) => each.name));
  for (let number = 0; ; number++) {
    const suffix = `__old${number === 0 ? '' : number}`;
    const free = cutToBytes(name, MAX_NAME_BYTES - suffix.length) + suffix;
    if (!taken.has(free)) return free;
  }
}

function isOf({ type }: Column, name: string): boolean {
  return type.kind === 'enum' && type.name === name;
}

function isArrayOf({ type }: Column, name: string): boolean {
  return type.kind === 'raw' && [`${name}[]`, `${quoteIdentifier(name)}[]`].includes(type.postgresql);
}

/** Checks and indexes that compare the column with values of the type are put aside, since they know the old type. */
function convertColumns(table: Table, type: string): Statement[] {
  const columns = table.columns.filter((each) => isOf(each, type) || isArrayOf(each, type));
  if (columns.length === 0) return [];
  for (const column of columns) refuseDependents(table, column, 'get other values');
  const uses = (expression: string) => columns.some((each) => mentionsIdentifier(expression, each.name));
  const checks = table.checks.filter((each) => uses(each.expression));
  const indexes = table.indexes.filter((index) =>
    [index.where, ...index.columns.map((part) => part.expression)].some(
      (each) => each !== null && uses(each),
    ),
  );
  const target = quoteIdentifier(type);
  const actions = columns.flatMap((column) => {
    const name = quoteIdentifier(column.name);
    const alter = `ALTER COLUMN ${name}`;
    const array = isArrayOf(column, type) ? '[]' : '';
    const convert = `${alter} TYPE ${target}${array} USING ${name}::text${array}::${target}${array}`;
    if (column.serverDefault === null) return [convert];
    return [`${alter} DROP DEFAULT`, convert, `${alter} SET DEFAULT ${renderDefault(column.serverDefault)}`];
  });
  const alterTable = `ALTER TABLE ${quoteIdentifier(table.name)}`;
  return [
    ...checks.map((each) => statement(`${alterTable} DROP CONSTRAINT ${quoteIdentifier(each.name ?? '')}`)),
    ...indexes.map((each) => statement(`DROP INDEX ${quoteIdentifier(each.name)}`)),
    statement(`${alterTable} ${actions.join(', ')}`, `Converting "${table.name}"`),
    ...checks.map((each) => statement(`${alterTable} ADD ${constraintClause(each)}`)),
    ...indexes.map((each) => statement(createIndexSql(table.name, each))),
  ];
}

/** Whether the operation between the two schemas has converted the column already, with its type. */
export function isReplacedEnum(before: Schema, after: Schema, table: string, column: string): boolean {
  const typeOf = (schema: Schema) =>
    findTable(schema, table)?.columns.find((each) => each.name === column)?.type;
  const [from, to] = [typeOf(before), typeOf(after)];
  return from?.kind === 'enum' && to?.kind === 'enum' && from.name === to.name;
}
