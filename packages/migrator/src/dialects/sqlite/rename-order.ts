import type { CreateIndex, RenameColumn, RenameTable, SchemaOperation } from '../../operations/operation.ts';
import type { Schema, Trigger } from '../../schema/schema.ts';
import { beforeRenames } from './before-renames.ts';
import { OriginalNames } from './original-names.ts';
import { notSupported } from './refusal.ts';
import { mentionsName, sameName } from './sql-text.ts';

/** Operations in two parts: all that the first needs is to be done before the second begins. */
export interface OrderedOperations {
  readonly first: readonly SchemaOperation[];
  readonly last: readonly SchemaOperation[];
}

/**
 * Puts renames behind everything else, where triggers, texts in double quotes or names that are given away ask for it.
 *
 * A rebuild writes the triggers of its table again as they were stored. A rename changes that text, in a way only SQLite
 * knows; so where a trigger of a table to be rebuilt mentions what is renamed, the rebuild comes first, by the
 * original names, and SQLite renames afterwards. A table with texts in double quotes would have to be rebuilt for a rename,
 * and again for changes behind it; and so would one whose column gets the name of another that goes.
 *
 * @param rebuilt the names that tables to be rebuilt have in `schema`.
 * @throws OperationError `OPERATION_NOT_SUPPORTED` where triggers ask for it, and an index takes a table's name in between
 *   that is dropped again, or whose table is.
 */
export function renamesLast(
  operations: readonly SchemaOperation[],
  schema: Schema,
  rebuilt: ReadonlySet<string>,
): OrderedOperations {
  const triggers = schema.triggers.filter(
    (trigger) => rebuilt.has(trigger.table) && trigger.unreadable === undefined,
  );
  const renames = operations.filter(isRename);
  const concerned = triggers.find((trigger) => renames.some((rename) => mentions(trigger, rename)));
  const texts = schema.tables.some((table) => table.hasQuotedTexts && rebuilt.has(table.name));
  const taken = renames.some((rename) => takesColumnsName(rename, schema, rebuilt));
  const ordered = concerned || texts || taken ? byOriginalNames(operations, schema) : null;
  if (concerned && !ordered) throw tooIntricate(concerned);
  return ordered ?? { first: operations, last: [] };
}

/**
 * An index that takes the name that a table gives away is made behind the renames.
 *
 * @returns null where something else is done to the index, or to the names of what it is on, in between.
 */
function byOriginalNames(operations: readonly SchemaOperation[], schema: Schema): OrderedOperations | null {
  const names = new OriginalNames(schema);
  const others: SchemaOperation[] = [];
  const late: CreateIndex[] = [];
  for (const operation of operations) {
    if (late.some((index) => concerns(operation, index))) return null;
    const isNew = operation.kind === 'createTable' || operation.kind === 'addColumn';
    if (isNew) names.follow(operation);
    const before = beforeRenames(operation, names);
    const isFree = isNew || names.follow(operation);
    if (operation.kind === 'createIndex' && !isFree) late.push(operation);
    else if (!isRename(operation)) others.push(before);
  }
  return { first: others, last: [...names.renames, ...late] };
}

function concerns(operation: SchemaOperation, { table, index }: CreateIndex): boolean {
  if (operation.kind === 'dropIndex') return operation.name === index.name;
  const kinds: readonly SchemaOperation['kind'][] = [
    'renameTable',
    'renameColumn',
    'dropTable',
    'dropColumn',
  ];
  return operation.table === table && kinds.includes(operation.kind);
}

function isRename(operation: SchemaOperation): operation is RenameTable | RenameColumn {
  return operation.kind === 'renameTable' || operation.kind === 'renameColumn';
}

/** Whether the name that a column gets is one that a table to be rebuilt has now: it would have to be rebuilt before. */
function takesColumnsName(
  rename: RenameTable | RenameColumn,
  { tables }: Schema,
  rebuilt: ReadonlySet<string>,
): boolean {
  if (rename.kind === 'renameTable') return false;
  return tables.some(
    ({ name, columns }) => rebuilt.has(name) && columns.some((each) => sameName(each.name, rename.to)),
  );
}

function mentions(trigger: Trigger, rename: RenameTable | RenameColumn): boolean {
  return mentionsName(trigger.sql, rename.kind === 'renameTable' ? rename.table : rename.column);
}

function tooIntricate(trigger: Trigger): Error {
  return notSupported(
    `Table "${trigger.table}" cannot be rebuilt in the same revision as these renames: its trigger "${trigger.name}" mentions what is renamed.`,
    'Put the renames into a revision of their own.',
    { table: trigger.table, trigger: trigger.name },
  );
}
