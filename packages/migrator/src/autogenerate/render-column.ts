import type { ColumnOptions } from '../schema/builders.ts';
import type { Column } from '../schema/column.ts';
import { isSqlExpression, type SqlValue } from '../schema/expression.ts';
import { type Code, call, literal, object } from './code.ts';
import { renderType } from './render-type.ts';

/** What of a column stands in a script because of the table around it. */
export interface ColumnPlace {
  /** It is the whole primary key. */
  readonly isKey: boolean;
  /** It is part of the primary key, and takes no NULL for that. */
  readonly inKey: boolean;
  /** How it would count up if nothing were said. */
  readonly autoincrement: Column['autoincrement'];
}

const standsAlone: ColumnPlace = { isKey: false, inKey: false, autoincrement: false };

/** `column('name', t.string(), { nullable: false })`, without options that say what is so anyway. */
export function renderColumn(
  column: Column,
  place: ColumnPlace = standsAlone,
  brought: Pick<ColumnOptions, 'unique' | 'check'> = {},
): Code {
  const options = object({
    primaryKey: place.isKey ? literal(true) : undefined,
    nullable: column.nullable || place.inKey ? undefined : literal(false),
    autoincrement: column.autoincrement === place.autoincrement ? undefined : literal(column.autoincrement),
    unique: brought.unique ? literal(true) : undefined,
    serverDefault: column.serverDefault === null ? undefined : renderValue(column.serverDefault),
    generated: column.generated === null ? undefined : renderGenerated(column.generated),
    collation: column.collation === null ? undefined : literal(column.collation),
    check: brought.check === undefined ? undefined : literal(brought.check),
    comment: column.comment === null ? undefined : literal(column.comment),
  });
  const isPlain = options.kind === 'object' && options.entries.length === 0;
  return call('column', literal(column.name), renderType(column.type), ...(isPlain ? [] : [options]));
}

/** A default or a backfill: a literal, or `sql('…')`. */
export function renderValue(value: SqlValue): Code {
  return isSqlExpression(value) ? call('sql', literal(value.text)) : literal(value);
}

function renderGenerated({ expression, stored }: NonNullable<Column['generated']>): Code {
  return stored ? literal(expression) : object({ expression: literal(expression), stored: literal(false) });
}
