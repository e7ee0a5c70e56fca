import type { CreateTable } from '../../operations/operation.ts';
import type { UniqueConstraint } from '../../schema/constraint.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import { requireEnumAsIs } from './enum-type.ts';
import { localizeColumn } from './localize-column.ts';
import { localizeIndex } from './localize-index.ts';
import { ConstraintNames, requireName } from './object-name.ts';

/** Names are chosen in PostgreSQL's order: checks, primary key, unique constraints, foreign keys. */
export function localizeCreateTable(operation: CreateTable, schema: Schema): CreateTable {
  const given = operation.definition;
  requireName('table', given.name);
  const names = new ConstraintNames(schema);
  names.reserve(given.name);
  const columns = given.columns.map((each) => localizeColumn(given.name, each));
  requireEnumAsIs(schema, columns);
  const checks = given.checks.map((each) => ({ ...names.name(given, each), notValid: false }));
  const { primaryKey, uniques } = withoutDoubles(given);
  const definition: Table = {
    ...given,
    columns,
    checks,
    primaryKey: primaryKey && names.name(given, primaryKey),
    uniques: uniques.map((each) => names.name(given, each)),
    // The table has no rows yet: PostgreSQL takes every constraint as checked.
    foreignKeys: given.foreignKeys.map((each) => ({ ...names.name(given, each), notValid: false })),
    indexes: given.indexes.map(localizeIndex),
    strict: false,
    withoutRowid: false,
    opaque: null,
  };
  for (const each of [definition.primaryKey, ...definition.uniques, ...checks, ...definition.foreignKeys]) {
    if (each) requireName('constraint', each.name ?? '');
  }
  return { ...operation, definition };
}

/**
 * PostgreSQL makes one index of two keys on the same columns, and drops the later constraint, which leaves its name to
 * one that had none.
 *
 * Source: PostgreSQL, `transformIndexConstraints`.
 */
function withoutDoubles(table: Table): Pick<Table, 'primaryKey' | 'uniques'> {
  let { primaryKey } = table;
  const uniques: UniqueConstraint[] = [];
  for (const unique of table.uniques) {
    const same = (columns: readonly string[]) => columns.join('\0') === unique.columns.join('\0');
    if (primaryKey && same(primaryKey.columns)) {
      primaryKey = { ...primaryKey, name: primaryKey.name ?? unique.name };
      continue;
    }
    const at = uniques.findIndex((each) => same(each.columns));
    const earlier = uniques[at];
    if (earlier) uniques[at] = { ...earlier, name: earlier.name ?? unique.name };
    else uniques.push(unique);
  }
  return { primaryKey, uniques };
}
