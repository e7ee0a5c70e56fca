import type { SchemaOperation } from '../../operations/operation.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import { OriginalNames } from './original-names.ts';
import { inUse, notSupported } from './refusal.ts';
import { sameName } from './sql-text.ts';
import { tablesOfTrigger } from './trigger-tables.ts';
import { sourcesOf } from './view-sources.ts';

/** A view or a trigger with what it needs. */
interface Dependent {
  /** As people call it: `view v`. */
  readonly name: string;
  /** The table a trigger is on, and goes with. */
  readonly owner: string | null;
  readonly uses: readonly string[];
}

/**
 * Refuses to drop a table that a view reads, as other databases do, or that a trigger of another table writes to or reads:
 * SQLite leaves the view behind, which nobody can read any more, and the trigger, which fails whenever it fires, and then
 * refuses to rename anything. Where another table takes the place first, they have lost nothing; nor has one that cannot
 * be read, or a trigger that goes, too.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` naming the views and triggers.
 */
export function refuseDependents(operations: readonly SchemaOperation[], schema: Schema): void {
  if (!operations.some((operation) => operation.kind === 'dropTable')) return;
  let dependents = dependentsIn(schema);
  if (dependents.length === 0) return;
  const names = new OriginalNames(schema);
  const missing = new Map<string, readonly Dependent[]>();
  const refuseMissing = () => {
    for (const [table, users] of missing) {
      refuse(
        table,
        users.filter((each) => dependents.includes(each)),
      );
    }
  };
  for (const operation of operations) {
    if (operation.kind === 'renameTable' || operation.kind === 'renameColumn') refuseMissing();
    if (operation.kind === 'dropTable') {
      const original = findTable(schema, names.table(operation.table))?.name;
      dependents = dependents.filter((each) => each.owner === null || each.owner !== original);
      missing.set(
        operation.table,
        dependents.filter((each) => each.uses.some((name) => sameName(name, original ?? ''))),
      );
    }
    if (operation.kind === 'createTable') missing.delete(operation.table);
    names.follow(operation);
  }
  refuseMissing();
}

function dependentsIn({ views, triggers }: Schema): readonly Dependent[] {
  return [
    ...views
      .filter((view) => view.unreadable === undefined)
      .map(({ name, sql }) => ({ name: `view ${name}`, owner: null, uses: sourcesOf(sql) })),
    ...triggers
      .filter((trigger) => trigger.unreadable === undefined)
      .map(({ name, table, sql }) => ({
        name: `trigger ${name}`,
        owner: table,
        uses: tablesOfTrigger(sql),
      })),
  ];
}

function refuse(table: string, dependents: readonly Dependent[]): void {
  if (dependents.length === 0) return;
  const names = dependents.map((each) => each.name);
  const { message, facts } = inUse(`table "${table}" cannot be dropped`, names, { table });
  const drop = `Drop ${names.join(', ')} in a step before this one (op.execute)`;
  // Of a view nothing is left that it could be made of again; a trigger may do something else, too.
  const again = dependents.some((each) => each.owner !== null)
    ? `, and create what is still needed again without "${table}".`
    : '.';
  throw notSupported(message, drop + again, facts);
}
