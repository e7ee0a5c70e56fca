import type { Schema } from '@freshmaker/migrator/engine';
import { type Table, versionTable } from './schema-parts.ts';

/**
 * What differs between two schemas, by path, such as `events.columns.state.nullable: true, and now false`. The order of
 * columns, keys and indexes does not count: a database adds a column at the end.
 */
export function schemaDifferences(before: Schema, after: Schema): string[] {
  return differences('', tablesOf(before), tablesOf(after));
}

function tablesOf(schema: Schema): unknown {
  return {
    ...byName(schema.tables.filter(({ name }) => name !== versionTable).map(partsOf)),
    ...prefixed('enum', byName(schema.enums)),
    ...prefixed('view', byName(schema.views)),
    ...prefixed('trigger', byName(schema.triggers)),
  };
}

function partsOf(table: Table) {
  const { columns, uniques, checks, foreignKeys, indexes, ...rest } = table;
  return {
    ...rest,
    columns: byName(columns),
    indexes: byName(indexes),
    uniques: sorted(uniques),
    checks: sorted(checks),
    foreignKeys: sorted(foreignKeys),
  };
}

function byName<Part extends { readonly name: string }>(parts: readonly Part[]): Record<string, Part> {
  return Object.fromEntries(parts.map((part) => [part.name, part]));
}

function prefixed<Part>(kind: string, parts: Record<string, Part>): Record<string, Part> {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [`${kind} ${name}`, part]));
}

/** Constraints may have no name. */
function sorted(parts: readonly object[]): string[] {
  return parts.map((part) => JSON.stringify(part)).sort();
}

function differences(path: string, before: unknown, after: unknown): string[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(path ? `${path}.${key}` : key, before[key], after[key]));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (before === undefined) return [`${path} is there, and was not before`];
  if (after === undefined) return [`${path} is missing`];
  return [`${path} was ${JSON.stringify(before)}, and now is ${JSON.stringify(after)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
