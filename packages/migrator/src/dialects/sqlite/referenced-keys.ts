import type { ForeignKey } from '../../schema/constraint.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import { invalid } from './refusal.ts';

/**
 * Refuses foreign keys whose target is no key (any more), or no table. SQLite lets them be made, and fails on the next row
 * that is written to either table ("foreign key mismatch").
 *
 * @throws OperationError `OPERATION_INVALID`, but for keys that had no target before.
 */
export function requireReferableKeys(before: Schema, after: Schema): void {
  const unchanged = new Set(before.tables);
  const targets = new Map(after.tables.map((table) => [table.name, table]));
  for (const table of after.tables) {
    for (const key of table.foreignKeys) {
      const target = targets.get(key.refTable);
      const changed = !unchanged.has(table) || (target && !unchanged.has(target));
      if (!changed || (target && isReferable(target, key)) || wasAmiss(before, table, key)) continue;
      if (!target) throw noTarget(table, key);
      throw invalid(
        `The foreign key (${key.columns.join(', ')}) of "${table.name}" refers to (${key.refColumns.join(', ')}) of "${target.name}", which is no key there.`,
        'Refer to the primary key or to columns with a unique constraint; drop the foreign key before such a constraint.',
        { table: table.name, columns: key.columns, refTable: target.name, refColumns: key.refColumns },
      );
    }
  }
}

function noTarget(table: Table, { columns, refTable, refColumns }: ForeignKey): Error {
  return invalid(
    `The foreign key (${columns.join(', ')}) of "${table.name}" refers to "${refTable}", and there is no such table.`,
    'Create that table first, or in the same revision.',
    { table: table.name, columns, refTable, refColumns },
  );
}

/** Source: "SQLite Foreign Key Support", 3. Required and Suggested Database Indexes. */
function isReferable(target: Table, { refColumns }: ForeignKey): boolean {
  const wanted = refColumns.toSorted().join('\0');
  const keys = [
    target.primaryKey?.columns ?? [],
    ...target.uniques.map((each) => each.columns),
    ...target.indexes
      .filter(
        (each) => each.unique && each.where === null && each.columns.every((part) => part.column !== null),
      )
      .map((each) => each.columns.map((part) => part.column ?? '')),
  ];
  return keys.some((columns) => columns.length > 0 && columns.toSorted().join('\0') === wanted);
}

function wasAmiss(before: Schema, table: Table, key: ForeignKey): boolean {
  const same = findTable(before, table.name)?.foreignKeys.some(
    (each) => JSON.stringify(each) === JSON.stringify(key),
  );
  const target = findTable(before, key.refTable);
  return same === true && (target === undefined || !isReferable(target, key));
}
