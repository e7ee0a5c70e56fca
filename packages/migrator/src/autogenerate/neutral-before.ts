import type { Dialect } from '../dialects/dialect.ts';
import { enumValuesOf } from '../dialects/sqlite/enum-check.ts';
import { columnsOfCheck } from '../operations/drop-constraint.ts';
import type { Column } from '../schema/column.ts';
import type { Constraint } from '../schema/constraint.ts';
import { defaultConstraintName } from '../schema/constraint-name.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { columnChange, sameGenerated } from './column-change.ts';
import { checksOfEnums } from './column-type.ts';
import { sameConstraint, sameMoment } from './constraint-definition.ts';
import { sameIndex } from './index-definition.ts';
import { localizedTable } from './localized-table.ts';

/**
 * A database's schema in the history's own terms where both agree, so that what a downgrade restores is right on the
 * other database, too: SQLite does not tell a time zone or the name of an enumeration.
 *
 * @param history the replayed scripts, not localized.
 */
export function neutralBefore(live: Schema, history: Schema, dialect: Dialect): Schema {
  const known = new Map(history.tables.map((table) => [table.name, table]));
  return {
    ...live,
    enums: history.enums.length > 0 ? history.enums : live.enums,
    tables: live.tables.map((table) => {
      const origin = known.get(table.name);
      return origin ? neutralTable(table, origin, dialect) : portableTable(table);
    }),
  };
}

function neutralTable(live: Table, origin: Table, dialect: Dialect): Table {
  const localized = localizedTable(origin, dialect);
  const neutralOf = (column: Column): Column => {
    const at = localized.columns.findIndex((each) => each.name === column.name);
    const pair = {
      live: column,
      localized: localized.columns[at] as Column,
      neutral: origin.columns[at] as Column,
    };
    const same = at !== -1 && sameGenerated(pair) && columnChange(pair, live, dialect) === null;
    return same ? pair.neutral : portableColumn(withEnum(column, pair.neutral, live));
  };
  const columns = live.columns.map(neutralOf);
  const ofEnums = checksOfEnums(
    columns.flatMap((column, at) => {
      const there = live.columns[at];
      return there ? [{ live: there, isEnum: column.type.kind === 'enum' }] : [];
    }),
    live.checks,
  );
  const { remarks: _, ...rest } = live;
  return {
    ...rest,
    opaque: null,
    // What this database does not have is as the history says.
    comment: live.comment === localized.comment ? origin.comment : live.comment,
    strict: live.strict === localized.strict ? origin.strict : live.strict,
    withoutRowid: live.withoutRowid === localized.withoutRowid ? origin.withoutRowid : live.withoutRowid,
    columns,
    primaryKey:
      live.primaryKey &&
      neutralConstraint(live, live.primaryKey, origin.primaryKey ? [origin.primaryKey] : []),
    uniques: live.uniques.map((each) => {
      const origins = origin.uniques.filter((other) => sameMoment(other, each, dialect));
      return neutralConstraint(live, each, origins);
    }),
    checks: live.checks
      .filter((each) => dialect.name !== 'sqlite' || !ofEnums.has(each))
      .map((each) => neutralConstraint(live, each, origin.checks)),
    foreignKeys: live.foreignKeys.map((each) => neutralConstraint(live, each, origin.foreignKeys)),
    indexes: live.indexes.map((index, _, all) => {
      const at = localized.indexes.findIndex((each) => each.name === index.name);
      const [there, neutral] = [localized.indexes[at], origin.indexes[at]];
      return there && neutral && all && sameIndex(index, there, dialect) ? neutral : index;
    }),
  };
}

/** A constraint without a name is the same only where the database made that name up. */
function neutralConstraint<C extends Constraint>(table: Table, live: C, origins: readonly C[]): C {
  const madeUp = (name: string) => {
    const columns = live.kind === 'check' ? columnsOfCheck(table, live.expression) : live.columns;
    return defaultConstraintName(table.name, live.kind, columns) === name;
  };
  const sameName = (name: string | null) =>
    live.name === name || live.name === null || (name === null && madeUp(live.name));
  return origins.find((each) => sameName(each.name) && sameConstraint(each, live)) ?? live;
}

/** An enumeration that got other values on SQLite is one still. */
function withEnum(column: Column, origin: Column | undefined, live: Table): Column {
  const values = origin?.type.kind === 'enum' ? enumValuesOf(column, live.checks) : null;
  return values && origin?.type.kind === 'enum' ? { ...column, type: { ...origin.type, values } } : column;
}

function portableTable({ remarks: _, ...table }: Table): Table {
  return { ...table, opaque: null, columns: table.columns.map(portableColumn) };
}

/** What the text of a declaration says beside its type is SQLite's own affair. */
function portableColumn({ declared: _, ...column }: Column): Column {
  return column;
}
