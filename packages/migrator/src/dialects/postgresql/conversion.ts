import type { AlterColumn } from '../../operations/operation.ts';
import type { Column } from '../../schema/column.ts';
import type { Statement } from '../dialect.ts';
import { renderType } from './data-type.ts';
import { quoteIdentifier } from './literal.ts';
import { statement } from './statement.ts';
import { valueRoute } from './value-route.ts';

/** How a column's values get their new type. */
export interface Conversion {
  /** SQL of the new value, or null for PostgreSQL's own assignment cast. */
  readonly using: string | null;
  /** What must hold before. */
  readonly assertions: readonly Statement[];
}

/**
 * Values that would be other ones afterwards are in the way, unless the operation says how to convert them. That values may
 * be cut or rounded says nothing of those that PostgreSQL does not convert by itself: what a text means as a number, or 2 as
 * a truth value, is for the author to say, as on SQLite.
 *
 * @returns null where neither type nor collation changes.
 */
export function conversionOf(operation: AlterColumn, from: Column, to: Column): Conversion | null {
  const [fromType, toType] = [renderType(from.type), renderType(to.type)];
  if (fromType === toType && from.collation === to.collation) return null;
  if (operation.using !== null) return { using: operation.using, assertions: [] };
  if (fromType === toType) return { using: null, assertions: [] };
  const { using, changed, usual } = valueRoute(quoteIdentifier(from.name), from.type, to.type);
  if (changed === null || (usual && operation.allowDataLoss)) return { using, assertions: [] };
  const message = usual ? wouldRound(operation, toType) : sayHow(operation, fromType, toType);
  return { using, assertions: assertNone(changed, operation, message) };
}

/** @param message says what the values are that `condition` is true for. */
function assertNone(condition: string, { table, column }: AlterColumn, message: string): Statement[] {
  const name = quoteIdentifier(table);
  return [
    // Nobody may write between the look and the conversion.
    statement(`LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`),
    {
      kind: 'assertion',
      sql:
        `SELECT count(*) = 0, count(*) AS rows, min(${quoteIdentifier(column)}::text) AS example` +
        ` FROM ${name} WHERE ${condition}`,
      message,
    },
  ];
}

function wouldRound({ table, column }: AlterColumn, to: string): string {
  return (
    `${said(to)} would cut or round {rows} value(s) of column "${said(column)}" of "${said(table)}", such as {example}.` +
    ' Correct them first, say how with `using`, or allow it with `allowDataLoss: true`.'
  );
}

function sayHow({ table, column }: AlterColumn, from: string, to: string): string {
  const using = `${quoteIdentifier(column)}::${to}`;
  return (
    `PostgreSQL does not convert {rows} value(s) of column "${said(column)}" of "${said(table)}", such as {example},` +
    ` from ${said(from)} to ${said(to)} by itself. Correct them first, or say how: alterColumn(…, { type: …, using: '${said(using)}' }).`
  );
}

/** As it may stand in a message, where braces are places for values. */
const said = (text: string) => text.replaceAll(/[{}]/g, '');
