import type { AlterColumn } from '../../operations/operation.ts';
import { requireColumn, requireTable } from '../../operations/require.ts';
import type { Column } from '../../schema/column.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { withCommentEnded } from '../parenthesized.ts';
import { autoincrementSql } from './autoincrement.ts';
import { compileBackfill } from './backfill.ts';
import { commentOnColumn } from './comment.ts';
import { isReplacedEnum } from './compile-enum-type.ts';
import { conversionOf } from './conversion.ts';
import { renderType } from './data-type.ts';
import { renderDefault } from './default-value.ts';
import { refuseDependents } from './dependents.ts';
import { quoteIdentifier } from './literal.ts';
import { notNullThroughCheck } from './not-null.ts';
import { statement } from './statement.ts';

/** One ALTER TABLE for all that goes into one; values are filled in and checked before NOT NULL is set. */
export function compileAlterColumn(operation: AlterColumn, before: Schema, after: Schema): Statement[] {
  const { table, column: name } = operation;
  const from = requireColumn(requireTable(before, table), name);
  const to = requireColumn(requireTable(after, table), name);
  const becomesNotNull = from.nullable && !to.nullable;
  const apart = becomesNotNull && (operation.backfill !== null || operation.concurrently);
  const conversion = isReplacedEnum(before, after, table, name) ? null : conversionOf(operation, from, to);
  const stopsCounting = from.autoincrement !== false && to.autoincrement === false;
  if (conversion !== null) refuseDependents(requireTable(before, table), from, 'get another type');
  const actions = [
    ...(conversion === null ? defaultActions(from, to) : conversionActions(from, to, conversion.using)),
    ...(becomesNotNull && !apart ? ['SET NOT NULL'] : []),
    ...(!from.nullable && to.nullable && !stopsCounting ? ['DROP NOT NULL'] : []),
  ].map((action) => `ALTER COLUMN ${quoteIdentifier(name)} ${action}`);
  return [
    ...(conversion?.assertions ?? []),
    ...(actions.length === 0
      ? []
      : [
          statement(
            `ALTER TABLE ${quoteIdentifier(table)} ${actions.join(', ')}`,
            conversion === null ? undefined : `Converting "${name}" of "${table}"`,
          ),
        ]),
    ...(apart ? fillAndSetNotNull(operation, before) : []),
    ...autoincrementSql(table, from, to),
    ...(stopsCounting && to.nullable
      ? [
          statement(
            `ALTER TABLE ${quoteIdentifier(table)} ALTER COLUMN ${quoteIdentifier(name)} DROP NOT NULL`,
          ),
        ]
      : []),
    ...(from.comment === to.comment ? [] : [commentOnColumn(table, name, to.comment)]),
  ];
}

function defaultActions(from: Column, to: Column): string[] {
  if (JSON.stringify(from.serverDefault) === JSON.stringify(to.serverDefault)) return [];
  return to.serverDefault === null ? ['DROP DEFAULT'] : [`SET DEFAULT ${renderDefault(to.serverDefault)}`];
}

/** The default goes out of the way: PostgreSQL would convert it by a cast, which there may be none for. */
function conversionActions(from: Column, to: Column, using: string | null): string[] {
  const collation = to.collation === null ? '' : ` COLLATE ${quoteIdentifier(to.collation)}`;
  return [
    ...(from.serverDefault === null ? [] : ['DROP DEFAULT']),
    `TYPE ${renderType(to.type)}${collation}${using === null ? '' : ` USING ${withCommentEnded(using)}`}`,
    ...(to.serverDefault === null ? [] : [`SET DEFAULT ${renderDefault(to.serverDefault)}`]),
  ];
}

function fillAndSetNotNull(operation: AlterColumn, before: Schema): Statement[] {
  if (operation.concurrently) return notNullThroughCheck(operation, before);
  const { table, column } = operation;
  const set = `ALTER TABLE ${quoteIdentifier(table)} ALTER COLUMN ${quoteIdentifier(column)} SET NOT NULL`;
  return [...compileBackfill(operation, before), statement(set)];
}
