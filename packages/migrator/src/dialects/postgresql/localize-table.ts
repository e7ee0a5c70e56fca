import type { CreateTable } from '../../operations/operation.ts';
import type { PrimaryKey, UniqueConstraint } from '../../schema/constraint.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import { misfitOf } from './default-of-type.ts';
import { requireEnumAsIs } from './enum-type.ts';
import { localizeColumn } from './localize-column.ts';
import { localizeIndex } from './localize-index.ts';
import { ConstraintNames, requireName } from './object-name.ts';
import { sameColumns } from './same-columns.ts';

/** Names are chosen in PostgreSQL's order: checks, primary key, unique constraints, foreign keys. */
export function localizeCreateTable(operation: CreateTable, schema: Schema): CreateTable {
  const given = operation.definition;
  requireName('table', given.name);
  const names = new ConstraintNames(schema);
  names.reserve(given.name);
  const columns = given.columns.map((each) => localizeColumn(given.name, each));
  requireEnumAsIs(schema, columns);
  const checks = given.checks.map((each) => ({ ...names.name(given, each), notValid: false }));
  const definition: Table = {
    ...given,
    columns,
    checks,
    primaryKey: given.primaryKey && names.name(given, given.primaryKey),
    uniques: withoutDoubles(given).map((each) => names.name(given, each)),
    // The table has no rows yet: PostgreSQL takes every constraint as checked.
    foreignKeys: given.foreignKeys.map((each) => ({ ...names.name(given, each), notValid: false })),
    indexes: given.indexes.map((each) => localizeIndex(each, columns)),
    // An empty comment is none.
    comment: given.comment || null,
    strict: false,
    withoutRowid: false,
    opaque: null,
  };
  for (const each of [definition.primaryKey, ...definition.uniques, ...checks, ...definition.foreignKeys]) {
    if (each) requireName('constraint', each.name ?? '');
  }
  const misfit = columns
    .map((column, at) => misfitOf(given.columns[at]?.serverDefault ?? null, column))
    .find((each) => each !== undefined);
  return { ...operation, definition, ...(misfit && { misfit }) };
}

/**
 * A unique constraint without a name goes where another key on the same columns is there: PostgreSQL makes one of them.
 *
 * Source: PostgreSQL, `transformIndexConstraints`.
 */
function withoutDoubles({ primaryKey, uniques }: Table): readonly UniqueConstraint[] {
  return uniques.filter((unique, at) => {
    const same = (other: PrimaryKey | UniqueConstraint) => sameColumns(other.columns, unique.columns);
    const isDouble =
      (primaryKey !== null && same(primaryKey)) ||
      uniques.some((each, other) => other !== at && same(each) && (each.name !== null || other < at));
    return unique.name !== null || !isDouble;
  });
}
