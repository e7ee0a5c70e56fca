import type { Schema } from '../../schema/schema.ts';
import { sameName } from './sql-text.ts';

/** A name for the new table while the old one still has its own: one that nothing in the schema has. */
export function temporaryName(table: string, ...schemas: readonly Schema[]): string {
  for (let number = 0; ; number++) {
    const name = `_new_${table}${number === 0 ? '' : `_${number}`}`;
    if (!schemas.some((schema) => isTaken(name, schema))) return name;
  }
}

function isTaken(name: string, { tables, views, triggers, temporary = [] }: Schema): boolean {
  const isIt = (each: { readonly name: string }) => sameName(each.name, name);
  return (
    tables.some((each) => isIt(each) || each.indexes.some(isIt)) ||
    [...views, ...triggers, ...temporary].some(isIt)
  );
}
