import { apply } from '../../operations/apply.ts';
import type { SchemaOperation } from '../../operations/operation.ts';
import type { Schema } from '../../schema/schema.ts';
import { refuseMisfits } from '../default-fit.ts';
import type { Compiled } from '../dialect.ts';
import { AlterationPlan } from './alteration-plan.ts';
import { refuseDependents } from './dependents.ts';
import { requireBuildable } from './localize-table.ts';
import { isNative } from './native-alteration.ts';
import { requireReferableKeys } from './referenced-keys.ts';
import { notSupported } from './refusal.ts';
import { renamesLast } from './rename-order.ts';
import { refuseHidden } from './temporary-object.ts';
import { refuseUnreadable } from './unreadable.ts';

/**
 * Statements for localized operations. What ALTER TABLE can do is done by it; everything else is done by rebuilding the
 * table, once however many operations ask for it, after the operations that other tables and names need.
 *
 * @param schema what is there before the first of them.
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for a table that cannot be rebuilt without losing something, or that
 *   SQLite cannot have.
 */
export function compile(operations: readonly SchemaOperation[], schema: Schema): Compiled {
  refuseMisfits(operations);
  refuseHidden(operations, schema);
  refuseUnreadable(operations, schema);
  refuseDependents(operations, schema);
  const rebuilt = operationsThatWait(operations, schema).flatMap((each) =>
    typeof each === 'string' ? [each] : [],
  );
  const { first, last } = renamesLast(operations, schema, new Set(rebuilt));
  const waits = operationsThatWait(first, schema);
  const plan = new AlterationPlan(schema);
  for (const [at, operation] of first.entries()) plan.add(operation, waits[at] !== null);
  plan.settle();
  for (const operation of last) plan.add(operation, false);
  const { schema: after, ...compiled } = plan.finish();
  requireReferableKeys(schema, after);
  const unchanged = new Set(schema.tables);
  for (const table of after.tables) {
    if (!unchanged.has(table)) requireBuildable(table);
    if (table.opaque !== null && !schema.tables.some((each) => each.opaque === table.opaque)) {
      throw notSupported(
        `Table "${table.name}" cannot be created as it was: ${table.opaque}.`,
        'Write the CREATE TABLE statement with op.execute.',
        { table: table.name, reason: table.opaque },
      );
    }
  }
  return compiled;
}

/**
 * For each operation the table it belongs to, if any operation needs that table to be rebuilt, else null: the name it
 * has in `schema`, or a number where it is created on the way. Tables are followed through their renames, and told
 * apart from an earlier one of the same name.
 */
function operationsThatWait(
  operations: readonly SchemaOperation[],
  schema: Schema,
): (string | number | null)[] {
  const identities = new Map<string, string | number>(schema.tables.map((table) => [table.name, table.name]));
  const needing = new Set<string | number>();
  let current = schema;
  const owners = operations.map((operation, at) => {
    const name = operation.kind === 'dropIndex' ? ownerOf(current, operation.name) : operation.table;
    if (operation.kind === 'createTable') identities.set(name, at);
    const identity = identities.get(name);
    if (identity !== undefined && !isNative(operation, current)) needing.add(identity);
    if (operation.kind === 'renameTable' && identity !== undefined) {
      identities.delete(name);
      identities.set(operation.to, identity);
    }
    current = apply(current, operation);
    return identity;
  });
  return owners.map((identity) => (identity !== undefined && needing.has(identity) ? identity : null));
}

function ownerOf(schema: Schema, index: string): string {
  return schema.tables.find((table) => table.indexes.some((each) => each.name === index))?.name ?? '';
}
