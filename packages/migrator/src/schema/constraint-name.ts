import type { Constraint } from './constraint.ts';
import type { Table } from './table.ts';

const suffixes = { primaryKey: 'pkey', unique: 'key', check: 'check', foreignKey: 'fkey' } as const;

/** PostgreSQL's limit for a name, in bytes. */
export const MAX_NAME_BYTES = 63;

/**
 * The name PostgreSQL makes up for a constraint that has none.
 *
 * Source: PostgreSQL, `makeObjectName` and `ChooseConstraintName`: `<table>_<columns>_<suffix>`, the longer of the
 * two parts cut until all fits in 63 bytes, a number after the suffix while the name is taken.
 *
 * @param table the name of the constraint's table.
 * @param columns for a check, the one column it mentions, or none when it mentions several.
 * @param isTaken whether a name is in use in the schema.
 */
export function defaultConstraintName(
  table: string,
  kind: Constraint['kind'],
  columns: readonly string[],
  isTaken: (name: string) => boolean = () => false,
): string {
  const part = kind === 'primaryKey' ? '' : columns.join('_');
  for (let number = 0; ; number++) {
    const suffix = `${suffixes[kind]}${number === 0 ? '' : number}`;
    const name = objectName(table, part, suffix);
    if (!isTaken(name)) return name;
  }
}

/**
 * `<first>_<second>_<suffix>`, cut as PostgreSQL does.
 *
 * @param second empty for none.
 */
export function objectName(first: string, second: string, suffix: string): string {
  const overhead = Buffer.byteLength(suffix) + 1 + (second === '' ? 0 : 1);
  const available = MAX_NAME_BYTES - overhead;
  let left = Buffer.byteLength(first);
  let right = Buffer.byteLength(second);
  while (left + right > available) {
    if (left > right) left--;
    else right--;
  }
  const parts = [cutToBytes(first, left), ...(second === '' ? [] : [cutToBytes(second, right)]), suffix];
  return parts.join('_');
}

/** The longest start of `text` that fits, never half a character. */
export function cutToBytes(text: string, bytes: number): string {
  let result = '';
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    result += character;
  }
  return result;
}

/** Whether a constraint or an index of the tables has a name; on PostgreSQL they share one space per kind. */
export function isNameInUse(tables: readonly Table[], name: string): boolean {
  const hasIt = (each: { readonly name: string | null }) => each.name === name;
  return tables.some(
    ({ primaryKey, uniques, checks, foreignKeys, indexes }) =>
      primaryKey?.name === name ||
      uniques.some(hasIt) ||
      checks.some(hasIt) ||
      foreignKeys.some(hasIt) ||
      indexes.some(hasIt),
  );
}
