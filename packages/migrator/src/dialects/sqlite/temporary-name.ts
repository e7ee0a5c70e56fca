import type { Schema } from '../../schema/schema.ts';
import { foldName } from './sql-text.ts';

/** A name for the new table while the old one still has its own: one that nothing in the schema has. */
export function temporaryName(table: string, ...schemas: readonly Schema[]): string {
  const taken = new Set(
    schemas.flatMap((schema) =>
      [
        ...schema.tables.flatMap((each) => [each.name, ...each.indexes.map((index) => index.name)]),
        ...schema.views.map((each) => each.name),
        ...schema.triggers.map((each) => each.name),
      ].map(foldName),
    ),
  );
  for (let number = 0; ; number++) {
    const name = `_new_${table}${number === 0 ? '' : `_${number}`}`;
    if (!taken.has(foldName(name))) return name;
  }
}
