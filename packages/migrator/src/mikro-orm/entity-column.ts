import type { Autoincrement, Column, Generated } from '../schema/column.ts';
import type { DataType } from '../schema/data-type.ts';
import { entityDefault } from './entity-default.ts';
import { type EntityColumn, entityType } from './entity-type.ts';

const integers: ReadonlySet<DataType['kind']> = new Set(['integer', 'smallInteger', 'bigInteger']);

/**
 * @param column as MikroORM describes it for PostgreSQL.
 * @param onSqlite the same column for SQLite.
 */
export function entityColumn(
  column: EntityColumn,
  onSqlite: EntityColumn | undefined,
  table: string,
): Column {
  const type = entityType(column, onSqlite, table);
  const autoincrement = countsUp(column, type);
  return {
    name: column.name,
    type,
    nullable: column.nullable === true,
    serverDefault: autoincrement ? null : entityDefault(column.default ?? null),
    autoincrement,
    generated: computed(column.generated),
    collation: column.collation ?? null,
    comment: column.comment || null,
  };
}

/** MikroORM writes identity columns as generated ones. */
const identity: Readonly<Record<string, Autoincrement>> = {
  identity: 'always',
  'always as identity': 'always',
  'by default as identity': 'identity',
};

function countsUp(column: EntityColumn, type: DataType): Autoincrement | false {
  const kind = identity[column.generated?.trim().toLowerCase() ?? ''];
  if (kind) return kind;
  return column.autoincrement === true && column.generated === undefined && integers.has(type.kind)
    ? 'serial'
    : false;
}

/** `(expression) stored`, as it stands after `generated always as`; stored unless it says otherwise. */
function computed(generated: string | undefined): Generated | null {
  if (generated === undefined || identity[generated.trim().toLowerCase()]) return null;
  const [, body = generated, how = 'stored'] =
    /^([\s\S]*?)(?:\s+(stored|virtual))?\s*$/i.exec(generated) ?? [];
  return { expression: withoutParentheses(body.trim()), stored: how.toLowerCase() === 'stored' };
}

/** The text without one pair of parentheses that stands around all of it. */
function withoutParentheses(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  for (const [at, character] of [...text].entries()) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth === 0 && at < text.length - 1) return text;
  }
  return text.slice(1, -1).trim();
}
