import type { DialectName } from '../driver/driver.ts';
import type { SchemaOperation } from '../operations/operation.ts';

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
 * SHARE ROW EXCLUSIVE on both, an index SHARE, the rest ACCESS EXCLUSIVE); SQLite's, "Isolation in SQLite": one writer at a
 * time for the whole file.
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
    case 'validateConstraint':
      return [];
    default:
      return [everybody(operation.table)];
  }
}
