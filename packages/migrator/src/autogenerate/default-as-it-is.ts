import { fitsType, isTruthWord } from '../dialects/default-fit.ts';
import type { Operation } from '../operations/operation.ts';
import { requireColumn, requireTable } from '../operations/require.ts';
import type { Column } from '../schema/column.ts';
import { isSqlExpression, type SqlValue, sql } from '../schema/expression.ts';
import type { Schema } from '../schema/schema.ts';

/**
 * A column with a literal default that is no value of its type, as a database may have it, in the words of a script: as a
 * literal it would be refused, and `sql(…)` is taken as it is.
 */
export function withDefaultAsItIs<C extends Pick<Column, 'type' | 'serverDefault'>>(column: C): C {
  const { type, serverDefault } = column;
  if (serverDefault === null || isSqlExpression(serverDefault) || type.kind === 'binary') return column;
  return isTruthWord(column) || !fitsType({ kind: 'literal', text: String(serverDefault) }, type)
    ? { ...column, serverDefault: asSql(serverDefault) }
    : column;
}

function asSql(value: Exclude<SqlValue, { readonly kind: 'sql' }>): SqlValue {
  return sql(typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value));
}

/**
 * An operation that restores what a database had, with its defaults as they are.
 *
 * @param after the schema that it leads to.
 */
export function withDefaultsAsTheyAre(operation: Operation, after: Schema): Operation {
  switch (operation.kind) {
    case 'createTable': {
      const { definition } = operation;
      return {
        ...operation,
        definition: { ...definition, columns: definition.columns.map(withDefaultAsItIs) },
      };
    }
    case 'addColumn':
      return { ...operation, column: withDefaultAsItIs(operation.column) };
    case 'alterColumn': {
      const { change, table, column } = operation;
      // With its type it is judged by what the column had before.
      if (change.serverDefault === undefined || change.type !== undefined) return operation;
      const { type } = requireColumn(requireTable(after, table), column);
      const { serverDefault } = withDefaultAsItIs({ type, serverDefault: change.serverDefault });
      return { ...operation, change: { ...change, serverDefault } };
    }
    default:
      return operation;
  }
}
