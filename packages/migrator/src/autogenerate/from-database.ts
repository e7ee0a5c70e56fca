import type { Dialect } from '../dialects/dialect.ts';
import type { Operation } from '../operations/operation.ts';
import type { Column } from '../schema/column.ts';
import { defaultConstraintName } from '../schema/constraint-name.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { compare } from './compare.ts';
import type { Comparison, Decisions } from './comparison.ts';
import { withDefaultAsItIs } from './default-as-it-is.ts';
import { neutralBefore } from './neutral-before.ts';
import { type NotCompared, notCompared } from './not-compared.ts';
import { portableColumn } from './portable-column.ts';
import { replayHistory } from './replay-history.ts';
import { isMadeInOwnWords, tablesOf } from './unknown-tables.ts';

export interface DatabaseInput {
  /** As `dialect.inspect` reads it. */
  readonly live: Schema;
  /** All operations of the scripts that are there. */
  readonly history: readonly Operation[];
  readonly dialect: Dialect;
  /** Tables to leave alone on both sides. */
  readonly exclude?: (table: string) => boolean;
  readonly decisions?: Decisions;
}

/** What leads from the scripts to a database. */
export interface DatabaseComparison extends Comparison {
  /** What the database has and no operation makes. */
  readonly notWritten: readonly NotCompared[];
}

/**
 * Works out what the scripts lack to make the tables of a database as they are: the other way round than
 * {@link compare}, which takes a database to what is wanted. Touches nothing.
 *
 * @throws ConfigurationError `USAGE_INVALID` for a decision about what is not there.
 */
export function compareDatabase(input: DatabaseInput): DatabaseComparison {
  const { history, dialect, exclude = () => false, decisions } = input;
  const live = { ...input.live, tables: input.live.tables.filter(({ name }) => !exclude(name)) };
  const { localized, neutral } = replayHistory(history, dialect);
  const comparison = compare({
    live: localized,
    models: portableSchema(live, neutral, dialect),
    settled: true,
    dialect,
    history,
    exclude,
    ...(decisions === undefined ? {} : { decisions }),
  });
  return { ...comparison, notWritten: notWritten(live, history, dialect) };
}

/** A database's schema as scripts would say it: in the history's own words where that is what they make. */
function portableSchema(live: Schema, history: Schema, dialect: Dialect): Schema {
  const neutral = neutralBefore(live, history, dialect);
  const ofHistory = new Set(history.tables.flatMap((table) => table.columns));
  const columnOf = (column: Column, at: number, table: Table | undefined) => {
    const there = table?.columns[at];
    if (!table || !there || ofHistory.has(column)) return column;
    return withDefaultAsItIs(
      portableColumn(column.type.kind === 'enum' ? column : there, table, dialect.name),
    );
  };
  const known = new Set(history.tables.map((table) => table.name));
  return {
    ...neutral,
    tables: neutral.tables.map((table, at) => ({
      ...table,
      columns: table.columns.map((column, position) => columnOf(column, position, live.tables[at])),
      primaryKey: known.has(table.name) ? table.primaryKey : withoutUsualName(table),
    })),
  };
}

/** Without the name that the database makes up for a key that is given none. */
function withoutUsualName({ name: table, primaryKey }: Table): Table['primaryKey'] {
  if (primaryKey === null) return null;
  const usual = defaultConstraintName(table, 'primaryKey', primaryKey.columns);
  return primaryKey.name === usual ? { ...primaryKey, name: null } : primaryKey;
}

function notWritten(live: Schema, history: readonly Operation[], dialect: Dialect): NotCompared[] {
  const used = new Set(
    live.tables.flatMap(({ columns }) =>
      columns.flatMap(({ type }) => (type.kind === 'enum' ? [type.name] : [])),
    ),
  );
  const present = new Set([...live.tables.map(({ name }) => name), ...tablesOf(history)]);
  const missing = new Map(
    live.tables.flatMap(({ name, foreignKeys }) =>
      foreignKeys.flatMap(({ refTable }) => (present.has(refTable) ? [] : [[refTable, name] as const])),
    ),
  );
  const beside: NotCompared[] = [
    ...[...missing].map(([name, by]) => ({ name, table: name, what: `"${by}" refers to it` })),
    ...live.views.map(({ name }) => ({ name, table: name, what: 'it is a view' })),
    ...live.triggers.map(({ name, table }) => ({ name, table, what: `its trigger "${name}"` })),
    ...live.enums
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => ({ name, table: name, what: 'it is an enumeration that is the type of no column' })),
  ].flatMap(({ name, ...each }) => (isMadeInOwnWords(name, history) ? [] : [each]));
  return [...notCompared(live, live, history, dialect), ...beside];
}
