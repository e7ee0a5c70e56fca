import type { Column } from '../schema/column.ts';
import type { EnumType, Schema } from '../schema/schema.ts';

/** The schema with the enumeration types its columns name and it does not know yet. */
export function withEnumsOf(schema: Schema, columns: readonly Column[]): Schema {
  const known = new Set(schema.enums.map((each) => each.name));
  const added: EnumType[] = [];
  for (const { type } of columns) {
    if (type.kind !== 'enum' || known.has(type.name)) continue;
    known.add(type.name);
    added.push({ name: type.name, values: type.values });
  }
  return added.length === 0 ? schema : { ...schema, enums: [...schema.enums, ...added] };
}
