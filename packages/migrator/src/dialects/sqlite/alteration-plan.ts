import { apply } from '../../operations/apply.ts';
import type {
  AlterColumn,
  DropTable,
  RenameColumn,
  RenameTable,
  SchemaOperation,
} from '../../operations/operation.ts';
import { requireTable } from '../../operations/require.ts';
import { findTable, replaceTable, type Schema } from '../../schema/schema.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { Compiled, Statement } from '../dialect.ts';
import { addedColumns } from './added-columns.ts';
import { DroppedColumns } from './dropped-columns.ts';
import { quoteIdentifier } from './literal.ts';
import { createTableStatements, dropTableStatements, nativeStatements } from './native-statements.ts';
import {
  nothingAside,
  putBack,
  type SetAside,
  setAside,
  takeAway,
  together,
  withoutTriggersOf,
} from './set-aside.ts';
import { sameName } from './sql-text.ts';
import { run } from './statement.ts';
import { alterSource, type CopySource, copyAll, isOwn, renamedInCopy } from './table-copy.ts';
import { type Rebuild, rebuildTable, rebuildTables } from './table-rebuild.ts';
import { temporaryName } from './temporary-name.ts';

type TableChange = Exclude<SchemaOperation, DropTable | RenameTable | RenameColumn>;

/** Changes to one table that wait to be made together. */
interface Waiting {
  /** What the table was called when the plan began. */
  readonly firstName: string;
  sources: Map<string, CopySource>;
}

/**
 * Turns operations into statements. It keeps two schemas: `physical`, what the statements so far lead to, and `logical`,
 * what the operations so far lead to. They differ in the tables whose changes wait, to be made by one rebuild each.
 * What SQLite can do to such a table by itself while others wait, renaming, is done at once, to both.
 */
export class AlterationPlan {
  #physical: Schema;
  #logical: Schema;
  readonly #waiting = new Map<string, Waiting>();
  readonly #statements: Statement[] = [];
  readonly #rebuilds: string[] = [];
  /** The tables this plan has created so far. */
  readonly #created = new Set<string>();
  readonly #dropped = new DroppedColumns();
  #foreignKeysOff = false;
  /** What SQLite cannot read, and must not come across: it comes back in the end. */
  #aside: SetAside = nothingAside;

  constructor(schema: Schema) {
    this.#physical = schema;
    this.#logical = schema;
  }

  /** @param waits true where this operation, or one that follows, needs the table to be rebuilt. */
  add(operation: SchemaOperation, waits: boolean): void {
    if (operation.kind === 'dropTable') this.#dropTable(operation);
    else if (operation.kind === 'renameTable') this.#renameTable(operation);
    else if (operation.kind === 'renameColumn') this.#renameColumn(operation);
    else this.#change(operation, waits);
  }

  #change(operation: TableChange, waits: boolean): void {
    const table = operation.kind === 'dropIndex' ? this.#ownerOf(operation.name) : operation.table;
    if (operation.kind === 'dropColumn') this.#setAside();
    if (table !== null && (waits || this.#waiting.has(table))) {
      this.#wait(table, operation);
      return;
    }
    if (operation.kind === 'createTable') {
      this.#created.add(operation.table);
      this.#freeName(operation.table);
    }
    if (operation.kind === 'createIndex') this.#freeName(operation.index.name);
    if (operation.kind === 'dropColumn') {
      this.#rewriteQuotedTexts();
      this.#dropped.note(requireTable(this.#physical, operation.table));
    }
    const isNew = table !== null && this.#created.has(table);
    const statements = nativeStatements(operation, this.#physical);
    // A table without rows has none to be in the way.
    this.#statements.push(...statements.filter((each) => !isNew || each.kind !== 'assertion'));
    this.#physical = apply(this.#physical, operation);
    this.#logical = apply(this.#logical, operation);
  }

  /** Makes all changes that wait. */
  settle(): void {
    for (const table of [...this.#waiting.keys()]) this.#flush(table);
    this.#statements.push(...this.#dropped.verify(this.#physical));
  }

  /** The statements of all that was added, the rebuilds that still wait included. */
  finish(): Compiled & { readonly schema: Schema } {
    this.settle();
    return {
      statements: [...this.#statements, ...putBack(this.#aside)],
      foreignKeysOff: this.#foreignKeysOff,
      rebuilds: this.#rebuilds,
      schema: this.#logical,
    };
  }

  /** Drops the index of that name, where a table that waits has lost it and still holds it. */
  #freeName(name: string): void {
    for (const table of this.#physical.tables) {
      const index = table.indexes.find((each) => sameName(each.name, name));
      if (!index || !this.#waiting.has(table.name)) continue;
      this.#statements.push(run(`DROP INDEX ${quoteIdentifier(index.name)}`));
      const indexes = table.indexes.filter((each) => each !== index);
      this.#physical = replaceTable(this.#physical, table.name, { ...table, indexes });
    }
  }

  #ownerOf(index: string): string | null {
    return (
      this.#logical.tables.find((table) => table.indexes.some((each) => each.name === index))?.name ?? null
    );
  }

  #wait(table: string, operation: SchemaOperation): void {
    if (operation.kind === 'alterColumn' && this.#usesPendingValues(table, operation)) this.#flush(table);
    const waiting = this.#waiting.get(table) ?? this.#begin(table);
    const before = this.#logical;
    this.#logical = apply(before, operation);
    if (operation.kind === 'dropColumn') waiting.sources.delete(operation.column);
    if (operation.kind === 'alterColumn')
      alterSource(waiting.sources, operation, requireTable(before, table));
  }

  #begin(table: string): Waiting {
    const there = findTable(this.#physical, table);
    const waiting: Waiting = { firstName: table, sources: there ? copyAll(there) : new Map() };
    this.#waiting.set(table, waiting);
    return waiting;
  }

  /** Whether an expression reads a column whose new values are not there yet. */
  #usesPendingValues(table: string, { using, backfill }: AlterColumn): boolean {
    const physical = findTable(this.#physical, table);
    const waiting = this.#waiting.get(table);
    const logical = findTable(this.#logical, table);
    if (!physical || !waiting || !logical) return false;
    const texts = [using, typeof backfill === 'object' && backfill !== null ? backfill.text : null];
    const pending = logical.columns.filter((column) => {
      const source = waiting.sources.get(column.name);
      const unchanged = source?.kind === 'column' && source.name === column.name;
      const there = physical.columns.find((each) => each.name === column.name);
      return !unchanged || JSON.stringify(there?.type) !== JSON.stringify(column.type);
    });
    return pending.some(({ name }) => texts.some((text) => text !== null && mentionsIdentifier(text, name)));
  }

  #flush(name: string): void {
    const waiting = this.#waiting.get(name);
    if (!waiting) return;
    if (findTable(this.#physical, name)?.hasQuotedTexts) {
      this.#rewriteQuotedTexts();
      return;
    }
    this.#waiting.delete(name);
    const after = requireTable(this.#logical, name);
    for (const index of after.indexes) this.#freeName(index.name);
    const before = findTable(this.#physical, name);
    if (!before) {
      this.#freeName(name);
      this.#statements.push(...createTableStatements(after));
      this.#physical = { ...this.#physical, tables: [...this.#physical.tables, after] };
      return;
    }
    const added = addedColumns(before, after, waiting.sources);
    if (!added) this.#rewriteQuotedTexts();
    this.#statements.push(...(added ?? rebuildTable(this.#rebuildOf(before, after, waiting))));
    this.#physical = replaceTable(this.#physical, name, after);
  }

  /** Goes before whatever has SQLite read the definitions of views and triggers. */
  #setAside(): void {
    const { aside, rest } = setAside(this.#physical);
    this.#statements.push(...takeAway(aside));
    this.#aside = together(this.#aside, aside);
    this.#physical = rest;
  }

  /**
   * Goes before whatever has SQLite read the definitions of all tables as new ones are read, such as the rename at the
   * end of a rebuild: texts in double quotes are an error then, whatever table they are in. The tables that have some are
   * written anew, all at once and with the changes that wait for them.
   */
  #rewriteQuotedTexts(): void {
    const quoted = this.#physical.tables.flatMap(({ name, hasQuotedTexts }) =>
      hasQuotedTexts ? [name] : [],
    );
    const all = quoted.map((name) => {
      const { hasQuotedTexts: _, ...after } = requireTable(this.#logical, name);
      const waiting = this.#waiting.get(name) ?? this.#begin(name);
      return { name, after, waiting };
    });
    for (const { name } of all) this.#waiting.delete(name);
    for (const { after } of all) for (const index of after.indexes) this.#freeName(index.name);
    const rebuilds = all.map(({ name, after, waiting }) =>
      this.#rebuildOf(requireTable(this.#physical, name), after, waiting),
    );
    this.#statements.push(...rebuildTables(rebuilds));
    for (const { after } of rebuilds) {
      this.#physical = replaceTable(this.#physical, after.name, after);
      this.#logical = replaceTable(this.#logical, after.name, after);
    }
  }

  #rebuildOf(before: Table, after: Table, { sources, firstName }: Waiting): Rebuild {
    this.#foreignKeysOff = true;
    this.#rebuilds.push(firstName);
    return {
      before,
      after,
      sources,
      schema: this.#physical,
      temporaryName: temporaryName(before.name, this.#physical, this.#logical),
    };
  }

  #dropTable(operation: DropTable): void {
    const name = operation.table;
    this.#logical = apply(this.#logical, operation);
    this.#waiting.delete(name);
    this.#created.delete(name);
    this.#aside = withoutTriggersOf(name, this.#aside);
    const there = findTable(this.#physical, name);
    if (!there) return;
    // Another table may take the place, without the columns that triggers set.
    this.#dropped.note(there);
    const referring = this.#physical.tables.filter((table) =>
      table.foreignKeys.some((key) => key.refTable === name),
    );
    if (referring.length > 0) this.#foreignKeysOff = true;
    this.#statements.push(
      ...dropTableStatements(
        name,
        referring.map((each) => each.name).filter((each) => each !== name),
      ),
    );
    this.#physical = {
      ...this.#physical,
      tables: this.#physical.tables.filter((each) => each.name !== name),
      triggers: this.#physical.triggers.filter((each) => each.table !== name),
    };
  }

  #renameTable(operation: RenameTable): void {
    const { table, to } = operation;
    const isThere = findTable(this.#physical, table) !== undefined;
    // Before the table is known by its new name: an index that is in the way may be its own.
    if (isThere) {
      this.#freeName(to);
      this.#setAside();
      this.#rewriteQuotedTexts();
    }
    this.#logical = apply(this.#logical, operation);
    const waiting = this.#waiting.get(table);
    if (waiting) {
      this.#waiting.delete(table);
      this.#waiting.set(to, waiting);
    }
    if (this.#created.delete(table)) this.#created.add(to);
    if (isThere) this.#rename(operation);
  }

  #renameColumn(operation: RenameColumn): void {
    const { table, column, to } = operation;
    const physical = findTable(this.#physical, table);
    const source = this.#waiting.get(table)?.sources.get(column);
    const isThere = physical !== undefined && (!this.#waiting.has(table) || isOwn(physical, column, source));
    const taken = physical?.columns.some((each) => sameName(each.name, to) && each.name !== column) ?? false;
    if (isThere && taken) this.#flush(table);
    if (isThere) this.#setAside();
    if (isThere) this.#rewriteQuotedTexts();
    this.#logical = apply(this.#logical, operation);
    const waiting = this.#waiting.get(table);
    if (waiting) waiting.sources = renamedInCopy(waiting.sources, column, to);
    if (isThere) this.#rename(operation);
  }

  #rename(operation: RenameTable | RenameColumn): void {
    this.#statements.push(...this.#dropped.verify(this.#physical));
    this.#statements.push(...nativeStatements(operation, this.#physical));
    this.#physical = apply(this.#physical, operation);
  }
}
