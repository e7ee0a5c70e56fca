import type { Column } from '../../schema/column.ts';
import type { CheckConstraint, ForeignKey } from '../../schema/constraint.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { isConstantDefault } from './default-value.ts';
import { createIndexStatement } from './index-definition.ts';
import { quoteIdentifier } from './literal.ts';
import { addColumnStatements } from './native-statements.ts';
import { run } from './statement.ts';
import type { CopySources } from './table-copy.ts';

/**
 * The statements that turn one definition into the other, if all that differs are columns added at the end, with
 * constraints that may stand with them, and indexes: a column and its foreign key, as scripts add them in two steps.
 *
 * @returns null where a rebuild is needed.
 */
export function addedColumns(before: Table, after: Table, sources: CopySources): Statement[] | null {
  const added = after.columns.slice(before.columns.length);
  const checks = rest(before.checks, after.checks);
  const foreignKeys = rest(before.foreignKeys, after.foreignKeys);
  if (before.hasQuotedTexts || !checks || !foreignKeys || !sameOtherwise(before, after)) return null;
  if (!added.every((column) => isAddable(column) && !sources.has(column.name))) return null;
  const keysOf = placeForeignKeys(foreignKeys, added);
  const checksOf = placeChecks(checks, added);
  if (!keysOf || !checksOf || !copiesAll(before, sources)) return null;
  return [
    ...withoutThose(before, after).map((index) => run(`DROP INDEX ${quoteIdentifier(index.name)}`)),
    ...added.flatMap((column) =>
      addColumnStatements(before, { column, checks: checksOf.get(column) ?? [] }, keysOf.get(column) ?? []),
    ),
    ...withoutThose(after, before).map((index) => createIndexStatement(after.name, index)),
  ];
}

function isAddable(column: Column): boolean {
  const constant = column.serverDefault === null || isConstantDefault(column.serverDefault);
  return constant && !column.generated?.stored && column.autoincrement === false;
}

/** What the longer list has more at its end; undefined where it does not begin as the shorter one. */
function rest<T>(before: readonly T[], after: readonly T[]): readonly T[] | undefined {
  return same(after.slice(0, before.length), before) ? after.slice(before.length) : undefined;
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function sameOtherwise(before: Table, after: Table): boolean {
  return (
    same(after.columns.slice(0, before.columns.length), before.columns) &&
    same(before.primaryKey, after.primaryKey) &&
    same(before.uniques, after.uniques)
  );
}

function copiesAll(before: Table, sources: CopySources): boolean {
  return before.columns.every((column) => {
    const source = sources.get(column.name);
    return column.generated !== null || (source?.kind === 'column' && source.name === column.name);
  });
}

/** A key of one new column, which is NULL in every row that is there. */
function placeForeignKeys(
  keys: readonly ForeignKey[],
  added: readonly Column[],
): Map<Column | undefined, ForeignKey[]> | null {
  const ownerOf = (key: ForeignKey) =>
    added.find(
      (each) => key.columns.length === 1 && each.name === key.columns[0] && each.serverDefault === null,
    );
  return keys.every(ownerOf) ? Map.groupBy(keys, ownerOf) : null;
}

/** A check stands with the last of the new columns it mentions. */
function placeChecks(
  checks: readonly CheckConstraint[],
  added: readonly Column[],
): Map<Column | undefined, CheckConstraint[]> | null {
  const ownerOf = (check: CheckConstraint) =>
    added.findLast((each) => mentionsIdentifier(check.expression, each.name));
  return checks.every(ownerOf) ? Map.groupBy(checks, ownerOf) : null;
}

function withoutThose(table: Table, other: Table): Table['indexes'] {
  return table.indexes.filter((index) => !other.indexes.some((each) => same(each, index)));
}
