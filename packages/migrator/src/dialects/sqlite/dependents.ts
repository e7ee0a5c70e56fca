import type { SchemaOperation } from '../../operations/operation.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import { OriginalNames } from './original-names.ts';
import { inUse, notSupported } from './refusal.ts';
import { sameName } from './sql-text.ts';
import { sourcesOf } from './view-sources.ts';

/**
 * Refuses to drop a table that a view reads, as other databases do: SQLite leaves the view behind, which nobody can read
 * any more, and then refuses to rename anything. Where another table takes the place first, the view has lost nothing;
 * nor has one that cannot be read.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` naming the views.
 */
export function refuseDependents(operations: readonly SchemaOperation[], schema: Schema): void {
  const views = schema.views.filter((view) => view.unreadable === undefined);
  if (views.length === 0) return;
  const names = new OriginalNames(schema);
  const missing = new Map<string, readonly string[]>();
  for (const operation of operations) {
    if (operation.kind === 'renameTable' || operation.kind === 'renameColumn') refuseMissing(missing);
    if (operation.kind === 'dropTable') {
      const original = findTable(schema, names.table(operation.table))?.name ?? '';
      const users = views.filter((view) => sourcesOf(view.sql).some((each) => sameName(each, original)));
      missing.set(
        operation.table,
        users.map((view) => `view ${view.name}`),
      );
    }
    if (operation.kind === 'createTable') missing.delete(operation.table);
    names.follow(operation);
  }
  refuseMissing(missing);
}

function refuseMissing(missing: ReadonlyMap<string, readonly string[]>): void {
  for (const [table, dependents] of missing) {
    if (dependents.length === 0) continue;
    const { message, facts } = inUse(`table "${table}" cannot be dropped`, dependents, { table });
    // Nothing is left that it could be made of again.
    throw notSupported(
      message,
      `Drop ${dependents.join(', ')} in a step before this one (op.execute).`,
      facts,
    );
  }
}
