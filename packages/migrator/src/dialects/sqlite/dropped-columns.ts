import { findTable, type Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { verifyDependents } from './verify-dependents.ts';

/**
 * The columns that SQLite has dropped by itself, alone or with their table. It reads triggers then, but not what they
 * write: one that still sets such a column would fail whenever it fires. Whether one does is asked late, as the column may
 * come back, in another table of that name, too, or the trigger go.
 */
export class DroppedColumns {
  readonly #before = new Map<string, Table>();

  /** @param table as it is with the column. */
  note(table: Table): void {
    if (!this.#before.has(table.name)) this.#before.set(table.name, table);
  }

  /** To be asked in the end, and before renames, which change the texts of triggers. */
  verify(schema: Schema): Statement[] {
    const all = [...this.#before.values()];
    this.#before.clear();
    return all.flatMap((before) => {
      const after = findTable(schema, before.name);
      return after ? verifyDependents(before, after, schema) : [];
    });
  }
}
