import type { AlterColumn, SchemaOperation } from '../../operations/operation.ts';
import { requireColumn, requireTable } from '../../operations/require.ts';
import type { Column } from '../../schema/column.ts';
import { cutToBytes, MAX_NAME_BYTES } from '../../schema/constraint-name.ts';
import { type EnumType, findTable, type Schema } from '../../schema/schema.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { parenthesized } from '../parenthesized.ts';
import { createIndexSql } from './compile-index.ts';
import { constraintClause } from './constraint-clause.ts';
import { requireFittingDefault } from './default-of-type.ts';
import { renderDefault } from './default-value.ts';
import { refuseDependents } from './dependents.ts';
import { createEnumType, dropEnumType, sameValues } from './enum-type.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { statement } from './statement.ts';

/**
 * Types that an operation needs: new ones, and those whose values change.
 *
 * @param operations that one, and those that follow: what they say of other columns of the type is done with it.
 */
export function enumTypesBefore(
  operations: readonly SchemaOperation[],
  before: Schema,
  after: Schema,
): Statement[] {
  return after.enums.flatMap((type) => {
    const known = before.enums.find((each) => each.name === type.name);
    if (!known) return [statement(createEnumType(type.name, type.values))];
    if (sameValues(known.values, type.values)) return [];
    const altered = operations.filter((each) => each.kind === 'alterColumn').filter(givesType(type));
    return replaceEnumType({ known, type, altered }, before, after);
  });
}

/** Types that no column has any more. */
export function enumTypesAfter(before: Schema, after: Schema): Statement[] {
  return before.enums
    .filter((type) => !after.enums.some((each) => each.name === type.name))
    .map((type) => statement(dropEnumType(type.name)));
}

interface Replacement {
  readonly known: EnumType;
  readonly type: EnumType;
  /** The operations that give columns the new values; others may have the type, too. */
  readonly altered: readonly AlterColumn[];
}

function givesType({ name, values }: EnumType): (operation: AlterColumn) => boolean {
  return ({ change: { type } }) =>
    type?.kind === 'enum' && type.name === name && sameValues(type.values, values);
}

/**
 * The type is made anew and every column converted through text. `ALTER TYPE … ADD VALUE` would be shorter, but its
 * value cannot be used in the same transaction, and no value could be removed.
 */
function replaceEnumType(replacement: Replacement, before: Schema, after: Schema): Statement[] {
  const { name, values } = replacement.type;
  const old = temporaryName(name, before);
  const conversions = before.tables.flatMap((table) =>
    convertColumns(table, requireTable(after, table.name), replacement),
  );
  return [
    ...before.tables.flatMap((table) => noneIsLost(table, replacement)),
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

/** Rows must not hold values that the type will not have, unless it is said what becomes of them. */
function noneIsLost(table: Table, { known, type, altered }: Replacement): Statement[] {
  const lost = known.values.filter((each) => !type.values.includes(each));
  if (lost.length === 0) return [];
  const from = quoteIdentifier(table.name);
  const columns = table.columns.filter(
    (each) => isOf(each, type.name) && !alterationOf(table, each, altered)?.using,
  );
  return columns.flatMap(({ name }) => [
    // Nobody may write between the look and the conversion.
    statement(`LOCK TABLE ${from} IN ACCESS EXCLUSIVE MODE`),
    {
      kind: 'assertion' as const,
      sql:
        `SELECT count(*) = 0, count(*) AS rows, min(${quoteIdentifier(name)}::text) AS example FROM ${from}` +
        ` WHERE ${quoteIdentifier(name)}::text IN (${lost.map(quoteLiteral).join(', ')})`,
      message:
        `{rows} value(s) of column "${said(name)}" of "${said(table.name)}" are not in the enumeration "${said(type.name)}" any more,` +
        ' such as {example}. Correct them first, or say with `using` how to convert them.',
    },
  ]);
}

function alterationOf(
  table: Table,
  column: Column,
  altered: readonly AlterColumn[],
): AlterColumn | undefined {
  return altered.find((each) => each.table === table.name && each.column === column.name);
}

/** Checks and indexes that compare the column with values of the type are put aside, since they know the old type. */
function convertColumns(table: Table, after: Table, { type: replaced, altered }: Replacement): Statement[] {
  const type = replaced.name;
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
    const alteration = alterationOf(table, column, altered);
    const value = alteration?.using ? parenthesized(alteration.using) : name;
    const convert = `${alter} TYPE ${target}${array} USING ${value}::text${array}::${target}${array}`;
    const changed = requireColumn(after, column.name);
    const { serverDefault = changed.serverDefault } = alteration?.change ?? {};
    requireFittingDefault(table.name, column.name, serverDefault, changed.type);
    return [
      ...(column.serverDefault === null ? [] : [`${alter} DROP DEFAULT`]),
      convert,
      ...(serverDefault === null ? [] : [`${alter} SET DEFAULT ${renderDefault(serverDefault)}`]),
    ];
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

/** As it may stand in a message, where braces are places for values. */
const said = (text: string) => text.replaceAll(/[{}]/g, '');
