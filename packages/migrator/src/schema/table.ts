import type { Column } from './column.ts';
import type { CheckConstraint, ForeignKey, PrimaryKey, UniqueConstraint } from './constraint.ts';
import type { TableIndex } from './table-index.ts';

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: PrimaryKey | null;
  readonly uniques: readonly UniqueConstraint[];
  readonly checks: readonly CheckConstraint[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly indexes: readonly TableIndex[];
  /**
   * Names of indexes that a concurrent build left behind unfinished (PostgreSQL): nothing uses them, but their names are
   * taken. Left out where there are none.
   */
  readonly invalidIndexes?: readonly string[];
  readonly comment: string | null;
  /** SQLite's `STRICT`. */
  readonly strict: boolean;
  /** SQLite's `WITHOUT ROWID`. */
  readonly withoutRowid: boolean;
  /** Comments that stand in the stored definition (SQLite), as they are written. */
  readonly remarks?: readonly string[];
  /**
   * Texts in the stored definition stand in double quotes (SQLite), which only what is stored already may say; here they
   * are in single ones.
   */
  readonly hasQuotedTexts?: true;
  /**
   * What else in the database keeps this table from being dropped (PostgreSQL) and no operation takes away, as people call
   * it: `view v`. Left out where there is nothing.
   */
  readonly dependents?: readonly string[];
  /**
   * Why this table must not be rebuilt: a part of its definition that has no place in this model.
   * Null when all of it is understood.
   */
  readonly opaque: string | null;
}

/** An empty table to spread into: everything but the name and the columns. */
export const emptyTable: Omit<Table, 'name' | 'columns'> = {
  primaryKey: null,
  uniques: [],
  checks: [],
  foreignKeys: [],
  indexes: [],
  comment: null,
  strict: false,
  withoutRowid: false,
  opaque: null,
};
