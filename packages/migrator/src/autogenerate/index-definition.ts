import type { Dialect } from '../dialects/dialect.ts';
import type { IndexColumn, TableIndex } from '../schema/table-index.ts';
import { sameCollation } from './collation.ts';
import { sameExpression } from './expression.ts';

/** Whether two indexes of one table do the same, whatever they are called. */
export function sameIndex(left: TableIndex, right: TableIndex, dialect: Dialect): boolean {
  return (
    left.unique === right.unique &&
    left.using === right.using &&
    sameExpression(left.where, right.where) &&
    left.include.join('\0') === right.include.join('\0') &&
    left.columns.length === right.columns.length &&
    left.columns.every((part, at) => samePart(part, right.columns[at] as IndexColumn, dialect))
  );
}

function samePart(left: IndexColumn, right: IndexColumn, dialect: Dialect): boolean {
  return (
    left.column === right.column &&
    sameExpression(left.expression, right.expression) &&
    left.order === right.order &&
    left.nulls === right.nulls &&
    left.opclass === right.opclass &&
    sameCollation(left.collation, right.collation, dialect)
  );
}

/** The columns of an index that is no more than unique; null for any other. */
export function plainUniqueColumns(index: TableIndex): readonly string[] | null {
  const plain =
    index.unique &&
    index.where === null &&
    index.using === null &&
    index.include.length === 0 &&
    index.columns.every(
      (part) =>
        part.column !== null &&
        part.order === 'asc' &&
        part.nulls === null &&
        part.collation === null &&
        part.opclass === null,
    );
  return plain ? index.columns.map((part) => part.column as string) : null;
}
