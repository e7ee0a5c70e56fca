import type { Column } from '../../schema/column.ts';
import type { CheckConstraint } from '../../schema/constraint.ts';
import type { DataType } from '../../schema/data-type.ts';
import { tokenizeSql } from '../../schema/sql-lexer.ts';
import { longest } from './data-type.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { meaningful, sameName } from './sql-text.ts';

/** The check that stands for an enumeration, which SQLite does not have. */
function enumCheck(column: string, values: readonly string[]): CheckConstraint {
  const list = values.map(quoteLiteral).join(', ');
  return {
    kind: 'check',
    name: null,
    expression: `${quoteIdentifier(column)} IN (${list})`,
    notValid: false,
  };
}

/** The checks that a column's type brings along. */
export function checksOfType(column: string, type: DataType): CheckConstraint[] {
  return type.kind === 'enum' ? [enumCheck(column, type.values)] : [];
}

/**
 * The checks among those of a table that stand for the column's enumeration: a list of texts, the longest of which is
 * as long as the column. Any other check is the author's own.
 */
export function enumChecksOf(column: Column, checks: readonly CheckConstraint[]): CheckConstraint[] {
  const { type } = column;
  if (type.kind !== 'string' || type.length === null) return [];
  return checks.filter((each) => {
    const values = listedValues(column.name, each.expression);
    return each.name === null && values !== null && longest(values) === type.length;
  });
}

/** The values of the enumeration that a column stands for; null for a column that stands for none. */
export function enumValuesOf(column: Column, checks: readonly CheckConstraint[]): string[] | null {
  const [found] = enumChecksOf(column, checks);
  return found ? listedValues(column.name, found.expression) : null;
}

/** The texts of `column IN ('…', '…')`; null for any other expression. */
function listedValues(column: string, expression: string): string[] | null {
  const [name, keyword, open, ...rest] = meaningful(tokenizeSql(expression));
  const close = rest.pop();
  if (!name || !sameName(name.value, column) || keyword?.text.toUpperCase() !== 'IN') return null;
  if (open?.text !== '(' || close?.text !== ')') return null;
  const values = rest.filter((_, at) => at % 2 === 0);
  const commas = rest.filter((_, at) => at % 2 === 1);
  const isList = values.every((each) => each.kind === 'string') && commas.every((each) => each.text === ',');
  return isList && values.length === commas.length + 1 ? values.map((each) => each.value) : null;
}
