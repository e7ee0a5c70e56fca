import type { DialectName } from '../driver/driver.ts';
import type { AlterColumn, SchemaOperation } from '../operations/operation.ts';

/** Whom an operation keeps waiting while its revision runs. */
export interface PlannedLock {
  /** Null for all tables of a SQLite file. */
  readonly table: string | null;
  readonly blocks: 'readers and writers' | 'writers';
}

/**
 * The locks of an operation, as far as others feel them.
 *
 * Sources: PostgreSQL's documentation, "Explicit Locking" and the pages of the commands (a key of another table takes
 * SHARE ROW EXCLUSIVE on both, an index SHARE, a comment SHARE UPDATE EXCLUSIVE, the rest ACCESS EXCLUSIVE); SQLite's,
 * "Isolation in SQLite": one writer at a time for the whole file.
 */
export function plannedLocks(operation: SchemaOperation, dialect: DialectName): PlannedLock[] {
  if (dialect === 'sqlite') return [{ table: null, blocks: 'writers' }];
  const writers = (table: string): PlannedLock => ({ table, blocks: 'writers' });
  const everybody = (table: string): PlannedLock => ({ table, blocks: 'readers and writers' });
  switch (operation.kind) {
    case 'createTable':
      return operation.definition.foreignKeys
        .filter((key) => key.refTable !== operation.table)
        .map((key) => writers(key.refTable));
    case 'createIndex':
      return operation.concurrently ? [] : [writers(operation.table)];
    case 'dropIndex':
      return operation.concurrently || operation.table === null ? [] : [everybody(operation.table)];
    case 'createForeignKey':
      return [writers(operation.table), writers(operation.constraint.refTable)];
    case 'alterColumn':
      return isCommentAlone(operation) ? [] : [everybody(operation.table)];
    case 'validateConstraint':
    case 'createTableComment':
    case 'dropTableComment':
      return [];
    default:
      return [everybody(operation.table)];
  }
}

function isCommentAlone({ change }: AlterColumn): boolean {
  const keys = Object.keys(change);
  return keys.length === 1 && keys[0] === 'comment';
}
