import { type SqlValue, sql } from '../schema/expression.ts';

/**
 * A default as MikroORM puts it after `DEFAULT`: a literal where it is one, else the expression.
 *
 * @returns null for none.
 */
export function entityDefault(text: string | null): SqlValue | null {
  const value = text?.trim() ?? 'null';
  if (/^null$/i.test(value)) return null;
  if (/^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  if (/^-?(?:0|[1-9]\d*)$/.test(value) && Number.isSafeInteger(Number(value))) return Number(value);
  // MikroORM doubles no quotes in a default it has put between quotes itself.
  if (/^'(?:[^']|'')*'$/.test(value)) return value.slice(1, -1).replaceAll("''", "'");
  if (/^'[^']*'[^'()|:]*'$/.test(value)) return value.slice(1, -1);
  if (/^current_timestamp(?:\(\d\))?$/i.test(value)) return sql('CURRENT_TIMESTAMP');
  const date = value.length > 20 ? new Date(value) : null;
  return date && /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d/.test(value) ? momentOf(date) : sql(value);
}

/** A `Date`, which MikroORM turns into the text JavaScript shows for it. */
function momentOf(date: Date): string {
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '');
}
