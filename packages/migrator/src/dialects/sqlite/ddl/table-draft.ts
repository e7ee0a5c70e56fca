import type { Column } from '../../../schema/column.ts';
import type {
  CheckConstraint,
  ForeignKey,
  PrimaryKey,
  UniqueConstraint,
} from '../../../schema/constraint.ts';

interface ConstraintLists {
  readonly uniques: UniqueConstraint[];
  readonly checks: CheckConstraint[];
  readonly foreignKeys: ForeignKey[];
}

/** A table while its definition is being read. */
export class TableDraft {
  readonly columns: Column[] = [];
  primaryKey: PrimaryKey | null = null;
  /** What stands behind the columns. */
  readonly ofTable: ConstraintLists = { uniques: [], checks: [], foreignKeys: [] };
  /** What stands with a column; ALTER TABLE puts a new column, and what stands with it, before the former. */
  readonly ofColumns: ConstraintLists = { uniques: [], checks: [], foreignKeys: [] };
  /** The keyword AUTOINCREMENT was there. */
  autoincrement = false;
  /** The key is written with the column, as `PRIMARY KEY DESC`. */
  descendingKey = false;
  readonly #refusals: string[] = [];

  /** Notes a part that the model has no place for. */
  refuse(reason: string): void {
    this.#refusals.push(reason);
  }

  /** Why the table must not be written anew; null when nothing would be lost. */
  get opaque(): string | null {
    return this.#refusals.length === 0 ? null : this.#refusals.join('; ');
  }
}
