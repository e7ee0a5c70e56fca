import type { RenameColumn, RenameTable, SchemaOperation } from '../../operations/operation.ts';
import type { Schema } from '../../schema/schema.ts';
import { foldName } from './sql-text.ts';

type Rename = RenameTable | RenameColumn;

/**
 * What is called how before any of the renames of a list of operations, while the list is walked. What is new by a name
 * that was something else's has another one until the end, when it is renamed, too.
 */
export class OriginalNames {
  readonly #tables = new Map<string, string>();
  readonly #columns = new Map<string, Map<string, string>>();
  #renames: { readonly rename: Rename; readonly table: string; readonly column: string | null }[] = [];
  /** Every name that was or will be there, by table; the names of tables themselves under null. */
  readonly #taken = new Map<string | null, Set<string>>();

  constructor(schema: Schema) {
    for (const table of schema.tables) {
      this.#tables.set(table.name, table.name);
      this.#columns.set(table.name, new Map(table.columns.map((each) => [each.name, each.name])));
      this.#take(null, table.name);
      for (const column of table.columns) this.#take(table.name, column.name);
    }
  }

  #take(owner: string | null, name: string): void {
    const names = this.#taken.get(owner) ?? new Set();
    this.#taken.set(owner, names.add(foldName(name)));
  }

  table(name: string): string {
    return this.#tables.get(name) ?? name;
  }

  column(table: string, name: string): string {
    return this.#columns.get(table)?.get(name) ?? name;
  }

  /** The columns of a table that are called otherwise now, as pairs of the new name and the old. */
  renamedColumns(table: string): (readonly [string, string])[] {
    return [...(this.#columns.get(table) ?? [])].filter(([now, then]) => now !== then);
  }

  /** The renames that were passed, of what is still there. */
  get renames(): readonly Rename[] {
    return this.#renames.map((each) => each.rename);
  }

  /** Takes note of an operation. @returns false for an index that has the name of a table, since it cannot be renamed. */
  follow(operation: SchemaOperation): boolean {
    switch (operation.kind) {
      case 'renameTable':
        return this.#renameTable(operation);
      case 'renameColumn':
        return this.#renameColumn(operation);
      case 'createTable':
        this.#createTable(
          operation.table,
          operation.definition.columns.map((each) => each.name),
        );
        return true;
      case 'addColumn':
        this.#addColumn(operation.table, operation.column.name);
        return true;
      // Tables and indexes share their names.
      case 'createIndex':
        return this.#isFree(null, operation.index.name);
      case 'dropTable':
        this.#forget(this.table(operation.table), null);
        this.#tables.delete(operation.table);
        this.#columns.delete(operation.table);
        return true;
      case 'dropColumn':
        this.#forget(this.table(operation.table), this.column(operation.table, operation.column));
        this.#columns.get(operation.table)?.delete(operation.column);
        return true;
      default:
        return true;
    }
  }

  #isFree(owner: string | null, name: string): boolean {
    return !this.#taken.get(owner)?.has(foldName(name));
  }

  #renameTable(rename: RenameTable): boolean {
    const { table, to } = rename;
    const original = this.table(table);
    this.#renames.push({ rename, table: original, column: null });
    this.#take(null, to);
    this.#tables.delete(table);
    this.#tables.set(to, original);
    const columns = this.#columns.get(table);
    this.#columns.delete(table);
    if (columns) this.#columns.set(to, columns);
    return true;
  }

  #renameColumn(rename: RenameColumn): boolean {
    const { table, column, to } = rename;
    const original = this.column(table, column);
    this.#renames.push({ rename, table: this.table(table), column: original });
    this.#take(this.table(table), to);
    this.#columns.get(table)?.delete(column);
    this.#columns.get(table)?.set(to, original);
    return true;
  }

  #createTable(table: string, columns: readonly string[]): void {
    const original = this.#freeName(null, table);
    if (original !== table) {
      this.#renames.push({
        rename: { kind: 'renameTable', table: original, to: table },
        table: original,
        column: null,
      });
    }
    this.#tables.set(table, original);
    this.#columns.set(table, new Map(columns.map((each) => [each, each])));
    this.#take(null, table);
    for (const column of columns) this.#take(original, column);
  }

  #addColumn(table: string, column: string): void {
    const owner = this.table(table);
    const original = this.#freeName(owner, column);
    if (original !== column) {
      this.#renames.push({
        rename: { kind: 'renameColumn', table, column: original, to: column },
        table: owner,
        column: original,
      });
    }
    this.#columns.get(table)?.set(column, original);
    this.#take(owner, column);
  }

  /** The name, or another one where it was ever taken. */
  #freeName(owner: string | null, name: string): string {
    let free = name;
    for (let number = 0; !this.#isFree(owner, free); number++) free = `_later_${name}_${number}`;
    this.#take(owner, free);
    return free;
  }

  #forget(table: string, column: string | null): void {
    this.#renames = this.#renames.filter(
      (each) => each.table !== table || (column !== null && each.column !== column),
    );
  }
}
