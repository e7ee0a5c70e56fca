import type { Schema } from '@freshmaker/migrator/engine';

export type Table = Schema['tables'][number];
export type Column = Table['columns'][number];
export type DataType = Column['type'];

/** The version table is the migrator's own; rows and differences are those of all others. */
export const versionTable = 'alembic_version';

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of every table. */
export type Rows = ReadonlyMap<string, readonly Row[]>;
