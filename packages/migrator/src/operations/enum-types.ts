import type { Column } from '../schema/column.ts';
import type { DataType } from '../schema/data-type.ts';
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

/**
 * The schema after a column got this type. An enumeration known by its name takes the new values, and so do all columns
 * that have it: on PostgreSQL they share one type.
 */
export function withEnumValues(schema: Schema, type: DataType): Schema {
  if (type.kind !== 'enum') return schema;
  const { name, values } = type;
  const known = schema.enums.some((each) => each.name === name);
  return {
    ...schema,
    enums: known
      ? schema.enums.map((each) => (each.name === name ? { name, values } : each))
      : [...schema.enums, { name, values }],
    tables: schema.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) =>
        known && column.type.kind === 'enum' && column.type.name === name ? { ...column, type } : column,
      ),
    })),
  };
}

/** The schema without the enumerations that the last column went of; one that no column had stays. */
export function withoutUnusedEnums(before: Schema, after: Schema): Schema {
  if (after.enums.length === 0) return after;
  const used = enumNames(after);
  const lost = [...enumNames(before)].filter((name) => !used.has(name) && !hasRawTypeOf(after, name));
  if (lost.length === 0) return after;
  return { ...after, enums: after.enums.filter((each) => !lost.includes(each.name)) };
}

function enumNames(schema: Schema): Set<string> {
  const types = schema.tables.flatMap((table) => table.columns.map((column) => column.type));
  return new Set(types.flatMap((type) => (type.kind === 'enum' ? [type.name] : [])));
}

/** Whether a column's type is made of the enumeration, as an array of it is. */
function hasRawTypeOf(schema: Schema, name: string): boolean {
  return schema.tables.some((table) =>
    table.columns.some(({ type }) => type.kind === 'raw' && type.postgresql.includes(name)),
  );
}
