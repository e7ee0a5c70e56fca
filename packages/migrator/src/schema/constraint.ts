/** What happens to the children when the parent's row is deleted or its key changes. */
export type ReferentialAction = 'CASCADE' | 'SET NULL' | 'SET DEFAULT' | 'RESTRICT' | 'NO ACTION';

export type Deferrable = 'initially deferred' | 'initially immediate';

/** A constraint's name is null where the author gave none: PostgreSQL then makes one up, SQLite keeps it unnamed. */
export interface PrimaryKey {
  readonly kind: 'primaryKey';
  readonly name: string | null;
  readonly columns: readonly string[];
}

export interface UniqueConstraint {
  readonly kind: 'unique';
  readonly name: string | null;
  readonly columns: readonly string[];
  /** PostgreSQL: rows may be the same until the end of the statement or of the transaction. Left out where they may not. */
  readonly deferrable?: Deferrable;
}

export interface CheckConstraint {
  readonly kind: 'check';
  readonly name: string | null;
  readonly expression: string;
  /** True where PostgreSQL has not checked the rows that were there before (`NOT VALID`). */
  readonly notValid: boolean;
  /** Where PostgreSQL has been told not to check any row (`NOT ENFORCED`), which no operation says. */
  readonly enforced?: false;
}

export interface ForeignKey {
  readonly kind: 'foreignKey';
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly refTable: string;
  readonly refColumns: readonly string[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly deferrable: Deferrable | null;
  /** True where PostgreSQL has not checked the rows that were there before (`NOT VALID`). */
  readonly notValid: boolean;
  /** Where PostgreSQL has been told not to check any row (`NOT ENFORCED`), which no operation says. */
  readonly enforced?: false;
}

export type Constraint = PrimaryKey | UniqueConstraint | CheckConstraint | ForeignKey;
