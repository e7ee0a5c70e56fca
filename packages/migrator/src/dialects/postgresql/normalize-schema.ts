import { isSqlExpression, type SqlValue, sql } from '../../schema/expression.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import { normalizeExpression } from './normalize-expression.ts';

/**
 * A schema for comparison: every expression in the form of {@link normalizeExpression}, and what is told apart by its
 * name in the order of names, since PostgreSQL makes constraints and indexes anew when a type changes. Names, types,
 * defaults and properties need nothing more: `localize` and `inspect` bring them into the same form.
 */
export function normalizeSchema(schema: Schema): Schema {
  return {
    tables: byName(schema.tables.map(normalizeTable)),
    enums: byName(schema.enums),
    views: byName(schema.views),
    triggers: byName(schema.triggers),
  };
}

function byName<Named extends { readonly name: string | null }>(all: readonly Named[]): Named[] {
  return all.toSorted((left, right) => ((left.name ?? '') < (right.name ?? '') ? -1 : 1));
}

function normalizeTable(table: Table): Table {
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      serverDefault: normalizeDefaultExpression(column.serverDefault),
      generated: column.generated && {
        ...column.generated,
        expression: normalizeExpression(column.generated.expression),
      },
    })),
    uniques: byName(table.uniques),
    checks: byName(
      table.checks.map((each) => ({ ...each, expression: normalizeExpression(each.expression) })),
    ),
    foreignKeys: byName(table.foreignKeys),
    indexes: byName(table.indexes).map((index) => ({
      ...index,
      columns: index.columns.map((part) => ({ ...part, expression: optional(part.expression) })),
      where: optional(index.where),
    })),
  };
}

function normalizeDefaultExpression(value: SqlValue | null): SqlValue | null {
  return isSqlExpression(value) ? sql(normalizeExpression(value.text)) : value;
}

function optional(expression: string | null): string | null {
  return expression === null ? null : normalizeExpression(expression);
}
