import type { DropColumn, RenameColumn, RenameTable, SchemaOperation } from '../../operations/operation.ts';
import type { Schema, Trigger, View } from '../../schema/schema.ts';
import { notSupported } from './refusal.ts';
import { mentionsName } from './sql-text.ts';

/**
 * Refuses to rename or drop what a view or trigger uses that SQLite cannot read: it cannot bring its text up to date, and
 * cannot tell whether it needs to.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` naming it, with the reason.
 */
export function refuseUnreadable(operations: readonly SchemaOperation[], schema: Schema): void {
  const all = [
    ...schema.views.map((each) => ({ type: 'view', ...each })),
    ...schema.triggers.map((each) => ({ type: 'trigger', ...each })),
  ].filter((each) => each.unreadable !== undefined);
  if (all.length === 0) return;
  for (const operation of operations) {
    if (!takesNameAway(operation)) continue;
    const user = all.find((each) => mayUse(each, operation, schema));
    if (user) throw refusal(operation, user);
  }
}

type TakesNameAway = RenameTable | RenameColumn | DropColumn;

function takesNameAway(operation: SchemaOperation): operation is TakesNameAway {
  return ['renameTable', 'renameColumn', 'dropColumn'].includes(operation.kind);
}

/** A column may be used through views of its table, too. */
function mayUse({ sql }: View | Trigger, operation: TakesNameAway, { views }: Schema): boolean {
  if (operation.kind === 'renameTable') return mentionsName(sql, operation.table);
  if (!mentionsName(sql, operation.column)) return false;
  const sources = new Set([operation.table]);
  for (const source of sources) {
    for (const view of views) if (mentionsName(view.sql, source)) sources.add(view.name);
  }
  return [...sources].some((source) => mentionsName(sql, source));
}

function refusal(
  operation: TakesNameAway,
  { type, name, unreadable }: (View | Trigger) & { readonly type: string },
): Error {
  const { table } = operation;
  const column = operation.kind === 'renameTable' ? {} : { column: operation.column };
  const what =
    operation.kind === 'renameTable' ? `table "${table}"` : `column "${operation.column}" of "${table}"`;
  const change = operation.kind === 'dropColumn' ? 'dropped' : 'renamed';
  const dependent = `${type} ${name}`;
  return notSupported(
    `On SQLite ${what} cannot be ${change}: ${dependent} uses it and cannot be read (${unreadable}).`,
    `Drop ${dependent} in a step before this one (op.execute), and create it again behind it; texts stand in single quotes.`,
    { table, ...column, dependents: [dependent], reason: unreadable },
  );
}
