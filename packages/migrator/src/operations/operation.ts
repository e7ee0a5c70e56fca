import type { Autoincrement, Column } from '../schema/column.ts';
import type {
  CheckConstraint,
  Constraint,
  ForeignKey,
  PrimaryKey,
  UniqueConstraint,
} from '../schema/constraint.ts';
import type { DataType } from '../schema/data-type.ts';
import type { SqlValue } from '../schema/expression.ts';
import type { Table } from '../schema/table.ts';
import type { TableIndex } from '../schema/table-index.ts';
import type { RunFunction } from './run.ts';

/**
 * A literal default that is no value of its column's type. An operation may have it in a history that is only replayed, since a
 * database may be there that has it, too; it is not carried out.
 */
export interface MisfittingDefault {
  readonly column: string;
  readonly serverDefault: string;
  readonly type: DataType;
  /** The type as the database spells it. */
  readonly spelled: string;
}

export interface CreateTable {
  readonly kind: 'createTable';
  readonly table: string;
  readonly definition: Table;
  /** Known once the operation is localized. */
  readonly misfit?: MisfittingDefault;
}

export interface DropTable {
  readonly kind: 'dropTable';
  readonly table: string;
  /** True where the author has agreed that the rows go. */
  readonly allowDataLoss: boolean;
}

export interface RenameTable {
  readonly kind: 'renameTable';
  readonly table: string;
  readonly to: string;
}

export interface AddColumn {
  readonly kind: 'addColumn';
  readonly table: string;
  readonly column: Column;
  /** The unique constraint and the check that the column brings along. */
  readonly uniques: readonly UniqueConstraint[];
  readonly checks: readonly CheckConstraint[];
  /** Known once the operation is localized. */
  readonly misfit?: MisfittingDefault;
}

export interface DropColumn {
  readonly kind: 'dropColumn';
  readonly table: string;
  readonly column: string;
  /** True where the author has agreed that the values go. */
  readonly allowDataLoss: boolean;
}

export interface RenameColumn {
  readonly kind: 'renameColumn';
  readonly table: string;
  readonly column: string;
  readonly to: string;
}

/** What of a column changes; what is left out stays. */
export interface ColumnChange {
  readonly type?: DataType;
  /** Goes with `type`, where the dialect would spell it in another way. */
  readonly declared?: string;
  readonly nullable?: boolean;
  /** Null removes the default. */
  readonly serverDefault?: SqlValue | null;
  readonly autoincrement?: Autoincrement | false;
  readonly collation?: string | null;
  readonly comment?: string | null;
}

export interface AlterColumn {
  readonly kind: 'alterColumn';
  readonly table: string;
  readonly column: string;
  readonly change: ColumnChange;
  /** SQL that makes the new value from the old row where the type changes; null for the database's own conversion. */
  readonly using: string | null;
  /** What takes the place of NULL before the column becomes NOT NULL. */
  readonly backfill: SqlValue | null;
  /** Checks that stand for the type where the dialect has no enumerations: those of the old one and of the new. */
  readonly typeChecks?: {
    readonly drop: readonly CheckConstraint[];
    readonly add: readonly CheckConstraint[];
  };
  /** True where the author has agreed that values may be cut. */
  readonly allowDataLoss: boolean;
  /** PostgreSQL: rows are checked for NULL without keeping others from writing, outside the transaction. */
  readonly concurrently: boolean;
  /** Known once the operation is localized, where the type stays. */
  readonly misfit?: MisfittingDefault;
}

export interface CreateIndex {
  readonly kind: 'createIndex';
  readonly table: string;
  readonly index: TableIndex;
  /** PostgreSQL: without blocking writers, outside the transaction. */
  readonly concurrently: boolean;
}

export interface DropIndex {
  readonly kind: 'dropIndex';
  readonly name: string;
  /** Null where the script leaves it to the index's name. */
  readonly table: string | null;
  readonly concurrently: boolean;
}

export interface CreateForeignKey {
  readonly kind: 'createForeignKey';
  readonly table: string;
  readonly constraint: ForeignKey;
}

export interface CreateUniqueConstraint {
  readonly kind: 'createUniqueConstraint';
  readonly table: string;
  readonly constraint: UniqueConstraint;
}

export interface CreateCheckConstraint {
  readonly kind: 'createCheckConstraint';
  readonly table: string;
  readonly constraint: CheckConstraint;
}

export interface CreatePrimaryKey {
  readonly kind: 'createPrimaryKey';
  readonly table: string;
  readonly constraint: PrimaryKey;
  /** How its column counts up from then on, where the key itself decides that (SQLite). */
  readonly autoincrement?: Autoincrement | false;
}

export type CreateConstraint =
  | CreateForeignKey
  | CreateUniqueConstraint
  | CreateCheckConstraint
  | CreatePrimaryKey;

export interface DropConstraint {
  readonly kind: 'dropConstraint';
  readonly table: string;
  /** Null where `columns` (for a check `sql`) say which one. */
  readonly name: string | null;
  readonly type: Constraint['kind'] | null;
  readonly columns: readonly string[] | null;
  readonly sql: string | null;
  /** False where the columns of a primary key cannot count up without it (SQLite). */
  readonly autoincrement?: false;
}

/** Checks the rows that were there before a `notValid` foreign key or check (PostgreSQL; nothing to do on SQLite). */
export interface ValidateConstraint {
  readonly kind: 'validateConstraint';
  readonly table: string;
  readonly name: string;
}

/** The comment on a table (PostgreSQL; SQLite has none), in place of the one before. */
export interface CreateTableComment {
  readonly kind: 'createTableComment';
  readonly table: string;
  /** Null where the database keeps none: an empty one on PostgreSQL, any on SQLite. */
  readonly comment: string | null;
}

export interface DropTableComment {
  readonly kind: 'dropTableComment';
  readonly table: string;
}

/** SQL as each dialect needs it; null where there is nothing to do. */
export interface DialectSql {
  readonly sqlite: string | null;
  readonly postgresql: string | null;
}

/** A statement of the author's own, opaque to everything that reasons about the schema. */
export interface Execute {
  readonly kind: 'execute';
  readonly sql: DialectSql;
  /** Values of the placeholders, in order: `?` on SQLite, `$1`, `$2`, … on PostgreSQL. */
  readonly parameters: readonly unknown[];
}

/** Rows to insert: every row an object of column values; a column a row leaves out gets its default. */
export interface BulkInsert {
  readonly kind: 'bulkInsert';
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export interface Run {
  readonly kind: 'run';
  // biome-ignore lint/suspicious/noExplicitAny: Kysely is invariant in its tables; each script brings its own.
  readonly run: RunFunction<any>;
  /** False for a step that must not hold one transaction over all its work. */
  readonly transactional: boolean;
}

/** A direction that cannot be taken. Running it is refused before anything happens. */
export interface Irreversible {
  readonly kind: 'irreversible';
  readonly reason: string;
}

/** An operation that changes the structure in a way the migrator understands. */
export type SchemaOperation =
  | CreateTable
  | DropTable
  | RenameTable
  | AddColumn
  | DropColumn
  | RenameColumn
  | AlterColumn
  | CreateIndex
  | DropIndex
  | CreateForeignKey
  | CreateUniqueConstraint
  | CreateCheckConstraint
  | CreatePrimaryKey
  | DropConstraint
  | ValidateConstraint
  | CreateTableComment
  | DropTableComment;

/** One recorded step of a revision: frozen data, told apart by `kind`. */
export type Operation = SchemaOperation | Execute | BulkInsert | Run | Irreversible;

export type OperationKind = Operation['kind'];
