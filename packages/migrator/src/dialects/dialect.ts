import type { DialectName, Session } from '../driver/driver.ts';
import type { MigratorError } from '../errors.ts';
import type { Operation, SchemaOperation } from '../operations/operation.ts';
import type { DataType } from '../schema/data-type.ts';
import type { Schema } from '../schema/schema.ts';
import type { TransactionControl } from './transaction.ts';

/** A statement over all rows of a table, limited to a range of them. */
export interface RangedStatement {
  /** As SQL, as is the key: a whole number that tells rows apart. */
  readonly table: string;
  readonly key: string;
  /** With two placeholders: the first and the last key. */
  readonly sql: string;
}

/** What somebody is told who cannot have a change because something else uses what it changes. */
export interface InUse {
  readonly message: string;
  readonly hint: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What the executor does for one operation, or for a run of them: plain data. */
export type Statement =
  | {
      readonly kind: 'sql';
      readonly sql: string;
      readonly parameters?: readonly unknown[];
      /** What a person is told while it runs, where it may take long: `Rebuilding table "events"`. */
      readonly progress?: string;
      /**
       * True for what must not, or should not, run inside a transaction (PostgreSQL: concurrent indexes, reading a big
       * table without keeping writers out). Such a statement may be run again by a run that takes up one cut off.
       */
      readonly outsideTransaction?: boolean;
      /** The same work range by range, where it is long and nothing else can happen while it runs. */
      readonly ranged?: RangedStatement;
      /** True where the database refuses it inside any transaction; others get one of their own. */
      readonly alone?: boolean;
      /** What it means when the database refuses a statement that is there to find out. */
      readonly inUse?: InUse;
      /**
       * SQLite: what finds the rows in the way where the database refuses it, in the same transaction, which is then
       * rolled back. The first assertion that does not hold says what is told.
       */
      readonly whenRefused?: readonly Statement[];
    }
  | {
      /**
       * A query whose first column of its first row must be true; else the revision fails with `message`, in which
       * `{name}` stands for the value of that column of the row (see `assertionFailure`).
       */
      readonly kind: 'assertion';
      readonly sql: string;
      readonly message: string;
      readonly inUse?: InUse;
      /** What it is about, for who reads errors by program. */
      readonly facts?: Readonly<Record<string, unknown>>;
    };

/** Schema operations as the statements of one dialect. */
export interface Compiled {
  readonly statements: readonly Statement[];
  /** SQLite: foreign keys must be off before the transaction begins, and be checked before it ends. */
  readonly foreignKeysOff: boolean;
  /** Tables that are rebuilt, in order, for the plan and for the count of rows. */
  readonly rebuilds: readonly string[];
}

export interface InspectOptions {
  /** Tables to leave out: the version table, and what the configuration excludes. */
  readonly exclude?: (table: string) => boolean;
}

/** Everything that differs between the databases, as functions; the only one that touches a database is `inspect`. */
export interface Dialect {
  readonly name: DialectName;
  /** Always quoted, so that any name works. */
  quoteIdentifier(name: string): string;
  /** A value as SQL text. */
  quoteLiteral(value: unknown): string;
  /** A column type as this database spells it; two types are the same when their spelling is. */
  renderType(type: DataType): string;
  /**
   * An operation as this database will carry it out: names filled in that it makes up itself, types and properties
   * it does not have replaced by what it has. `apply(schema, localize(operation, schema))` is what `inspect` then finds.
   *
   * @throws OperationError `OPERATION_NOT_SUPPORTED` for what this database cannot do, `OPERATION_INVALID` for names too long.
   */
  localize(operation: Operation, schema: Schema): Operation;
  /**
   * Statements for localized operations, none of them opaque, planned together so that a table is rebuilt once.
   *
   * @param schema what is there before the first of them.
   * @throws OperationError `OPERATION_NOT_SUPPORTED` when it cannot be done without losing something.
   */
  compile(operations: readonly SchemaOperation[], schema: Schema): Compiled;
  /**
   * Whether an operation has statements that run outside the revision's transaction, whatever the schema. Compiled by
   * itself such an operation may be run again from its start.
   */
  runsOutside(operation: SchemaOperation): boolean;
  readonly transaction: TransactionControl;
  /**
   * What an error of the database's driver means.
   *
   * @param database where it is, for people.
   * @returns null when it has no code of its own.
   */
  translateError(error: unknown, database: string): MigratorError | null;
  /** Reads the structure of a live database. */
  inspect(session: Session, options?: InspectOptions): Promise<Schema>;
}
