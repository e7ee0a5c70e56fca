/** One key part of an index: a column or an expression, never both. */
export interface IndexColumn {
  readonly column: string | null;
  readonly expression: string | null;
  readonly order: 'asc' | 'desc';
  /** Null where the database's own rule holds (PostgreSQL: last for `asc`, first for `desc`). */
  readonly nulls: 'first' | 'last' | null;
  readonly collation: string | null;
  /** PostgreSQL's operator class. */
  readonly opclass: string | null;
}

export interface TableIndex {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly IndexColumn[];
  /** The condition of a partial index. */
  readonly where: string | null;
  /** PostgreSQL's access method where it is not `btree`. */
  readonly using: string | null;
  /** PostgreSQL's payload columns. */
  readonly include: readonly string[];
}
