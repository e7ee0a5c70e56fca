import { replaceTable, type Schema, type Trigger } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { createIndexStatement } from './index-definition.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { textsAreJustNumbers } from './number-spelling.ts';
import {
  foreignKeysAreOff,
  integersStayExact,
  nothingElseHangsOn,
  nullsAreFilled,
  sameNumberOfRows,
  valuesFit,
} from './rebuild-assertions.ts';
import { notSupported } from './refusal.ts';
import { rowidAlias, rowidName } from './row-id.ts';
import { rowsNotCopied } from './rows-in-the-way.ts';
import { run } from './statement.ts';
import { type CopySources, copySql } from './table-copy.ts';
import { createTableSql } from './table-definition.ts';
import { verifyDependents } from './verify-dependents.ts';

export interface Rebuild {
  /** The table as it is in the database. */
  readonly before: Table;
  /** The table as it is to be, under the same name. */
  readonly after: Table;
  readonly sources: CopySources;
  /** The database around it, with the triggers that go with the table and come back as they are stored. */
  readonly schema: Schema;
  /** A name nothing in the database has. */
  readonly temporaryName: string;
}

/**
 * Replaces a table by one with another definition and the same rows.
 *
 * The procedure is SQLite's own ("Making Other Kinds Of Table Schema Changes" in its documentation of ALTER TABLE): new
 * table, copy, drop, rename, indexes and triggers again, all with foreign keys off. The rename is done the old way
 * (`legacy_alter_table`), which leaves alone whatever mentions the table's name: foreign keys of other tables, views,
 * their triggers and those of other tables.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for a table with a part that has no place in the model.
 */
export function rebuildTable(rebuild: Rebuild): Statement[] {
  return rebuildTables([rebuild]);
}

/** As {@link rebuildTable}, for several tables at once: all old ones are gone before the first new one takes its name. */
export function rebuildTables(rebuilds: readonly Rebuild[]): Statement[] {
  const afterAll = (schema: Schema) =>
    rebuilds.reduce((rest, { after }) => replaceTable(rest, after.name, after), schema);
  return [
    ...rebuilds.flatMap(copyTable),
    ...rebuilds.flatMap(putInPlace),
    ...rebuilds.flatMap(({ before, after, schema }) => verifyDependents(before, after, afterAll(schema))),
  ];
}

function copyTable(rebuild: Rebuild): Statement[] {
  const { before, after, sources, temporaryName } = rebuild;
  refuseOpaque(before);
  return [
    foreignKeysAreOff(before.name),
    nothingElseHangsOn(before, triggersOf(rebuild)),
    ...nullsAreFilled(before, after, sources),
    ...integersStayExact(before, after, sources),
    ...textsAreJustNumbers(before, after, sources),
    run(createTableSql(after, temporaryName)),
    copyStatement(rebuild),
    sameNumberOfRows(before.name, temporaryName),
    ...valuesFit(before, after, sources, temporaryName),
    ...keepSequence(rebuild),
    ...moveStatistics(rebuild, before.name, temporaryName),
    run(`DROP TABLE ${quoteIdentifier(before.name)}`),
  ];
}

function putInPlace(rebuild: Rebuild): Statement[] {
  const { before, after, temporaryName } = rebuild;
  const name = quoteIdentifier(before.name);
  return [
    run('PRAGMA legacy_alter_table = ON'),
    run(`ALTER TABLE ${quoteIdentifier(temporaryName)} RENAME TO ${name}`),
    run('PRAGMA legacy_alter_table = OFF'),
    ...moveStatistics(rebuild, temporaryName, before.name),
    ...after.indexes.map((index) => createIndexStatement(after.name, index)),
    ...triggersOf(rebuild).map((trigger) => run(trigger.sql)),
  ];
}

function triggersOf({ before, schema }: Rebuild): readonly Trigger[] {
  return schema.triggers.filter((each) => each.table === before.name);
}

/** @throws OperationError `OPERATION_NOT_SUPPORTED` with the reason. */
function refuseOpaque({ name, opaque }: Table): void {
  if (opaque === null) return;
  throw notSupported(
    `Table "${name}" must be rebuilt for this, which would lose something: ${opaque}.`,
    'Make the change with op.execute, keeping that part, or take the part out of the table first.',
    { table: name, reason: opaque },
  );
}

function copyStatement({ before, after, sources, temporaryName }: Rebuild): Statement {
  const columns = after.columns.flatMap((column) => {
    const source = sources.get(column.name);
    return source ? [{ target: quoteIdentifier(column.name), source: copySql(source) }] : [];
  });
  const rowid = rowidSource(before);
  const target = rowidTarget(after, sources);
  const all = rowid && target ? [{ target, source: rowid }, ...columns] : columns;
  const targets = all.map((each) => each.target).join(', ');
  const values = all.map((each) => each.source).join(', ');
  const table = quoteIdentifier(before.name);
  const copy = `INSERT INTO ${quoteIdentifier(temporaryName)} (${targets}) SELECT ${values} FROM ${table}`;
  const progress = `Rebuilding table "${before.name}"`;
  const whenRefused = rowsNotCopied(before, after, sources, temporaryName);
  if (before.withoutRowid) return { kind: 'sql', sql: copy, progress, whenRefused };
  // Without a name for the rowid, only a scan of the table itself gives the rows in their order.
  if (!rowid) return { kind: 'sql', sql: `${copy} NOT INDEXED`, progress, whenRefused };
  const range = `WHERE ${rowid} BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`;
  return {
    kind: 'sql',
    sql: `${copy} ORDER BY ${rowid}`,
    progress,
    whenRefused,
    ranged: { table, key: rowid, sql: `${copy} ${range} ORDER BY ${rowid}` },
  };
}

/** How to ask the old table for its rowid. */
function rowidSource(before: Table): string | null {
  const alias = rowidAlias(before);
  return alias ? quoteIdentifier(alias.name) : rowidName(before);
}

/** Where the new table takes a rowid that no copied column gives; null where one does. */
function rowidTarget(after: Table, sources: CopySources): string | null {
  const alias = rowidAlias(after);
  if (!alias) return rowidName(after);
  return sources.has(alias.name) ? null : quoteIdentifier(alias.name);
}

/** The numbers AUTOINCREMENT has given, which must not be given again. */
function keepSequence({ before, after, temporaryName }: Rebuild): Statement[] {
  const counts = (table: Table) => table.columns.some((column) => column.autoincrement === 'always');
  if (!counts(before) || !counts(after)) return [];
  const copy = quoteLiteral(temporaryName);
  return [
    run(`DELETE FROM sqlite_sequence WHERE name = ${copy}`),
    run(
      `INSERT INTO sqlite_sequence (name, seq) SELECT ${copy}, seq FROM sqlite_sequence` +
        ` WHERE name = ${quoteLiteral(before.name)}`,
    ),
  ];
}

/** Dropping a table forgets what `ANALYZE` has found out about it, by its name; the rows are the same. */
function moveStatistics({ schema }: Rebuild, from: string, to: string): Statement[] {
  const [owner, other] = [from, to].map(quoteLiteral);
  return (schema.statistics ?? []).map((table) =>
    run(`UPDATE ${table} SET tbl = ${other} WHERE tbl = ${owner}`),
  );
}
