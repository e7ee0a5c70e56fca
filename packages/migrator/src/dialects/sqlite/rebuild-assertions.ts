import type { Column } from '../../schema/column.ts';
import type { Trigger } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { affinityOf } from './data-type.ts';
import { renderDefault } from './default-value.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { narrowed } from './narrowing.ts';
import { assertion, inMessage } from './statement.ts';
import { type CopySources, copySql } from './table-copy.ts';
import { declaredType } from './table-definition.ts';
import { fitCondition } from './value-fit.ts';

/** Dropping a table while foreign keys are on deletes the rows that refer to it. */
export function foreignKeysAreOff(table: string): Statement {
  return assertion(
    'SELECT foreign_keys = 0 FROM pragma_foreign_keys',
    `Foreign keys are on; rebuilding ${inMessage(table)} would delete rows that refer to it. Run PRAGMA foreign_keys = OFF before the transaction.`,
  );
}

/** An index or trigger the plan does not know of, or knows in another form, would be lost with the old table. */
export function nothingElseHangsOn(table: Table, triggers: readonly Trigger[]): Statement {
  const names = table.indexes.map((each) => quoteLiteral(each.name)).join(', ');
  const texts = triggers.map((each) => quoteLiteral(each.sql)).join(', ');
  return assertion(
    `SELECT count(*) = 0, group_concat(name, ', ') AS names FROM sqlite_schema` +
      ` WHERE tbl_name = ${quoteLiteral(table.name)} COLLATE NOCASE` +
      ` AND (type = 'index' AND sql IS NOT NULL AND name NOT IN (${names})` +
      ` OR type = 'trigger' AND sql NOT IN (${texts}))`,
    `Table ${inMessage(table.name)} cannot be rebuilt: it has indexes or triggers that this plan does not know as they are ({names}).`,
  );
}

/** Rows that would hold NULL where the new table has none, counted before anything is copied. */
export function nullsAreFilled(before: Table, after: Table, sources: CopySources): Statement[] {
  return after.columns.flatMap((column) => {
    if (column.nullable || column.generated !== null) return [];
    const source = sources.get(column.name);
    if (!source) return column.autoincrement === false ? emptyUnlessDefault(before, column) : [];
    const held =
      source.kind === 'column' ? before.columns.find((each) => each.name === source.name) : undefined;
    if (held && !held.nullable) return [];
    return [
      assertion(
        `SELECT count(*) = 0, count(*) AS rows FROM ${quoteIdentifier(before.name)} WHERE (${copySql(source)}) IS NULL`,
        `Column ${inMessage(column.name)} of ${inMessage(before.name)} cannot become NOT NULL: {rows} row(s) hold NULL.` +
          ' Give a backfill, or fill them first.',
      ),
    ];
  });
}

/** A new column without a value for the rows that are there. */
export function emptyUnlessDefault(table: Pick<Table, 'name'>, column: Column): Statement[] {
  if (column.serverDefault !== null && renderDefault(column.serverDefault).toUpperCase() !== 'NULL')
    return [];
  return [
    assertion(
      `SELECT count(*) = 0, count(*) AS rows FROM ${quoteIdentifier(table.name)}`,
      `Column ${inMessage(column.name)} of ${inMessage(table.name)} is added NOT NULL without a default, and {rows} row(s) are there.` +
        ' Give it a serverDefault, or add it nullable, fill it, and make it NOT NULL then.',
    ),
  ];
}

export function sameNumberOfRows(before: string, after: string): Statement {
  const count = (name: string) => `(SELECT count(*) FROM ${quoteIdentifier(name)})`;
  return assertion(
    `SELECT ${count(before)} = ${count(after)}`,
    `Rebuilding ${inMessage(before)} did not copy every row.`,
  );
}

/** Values SQLite stored as they were because they are nothing of the new type. */
export function valuesFit(before: Table, after: Table, sources: CopySources, copy: string): Statement[] {
  return after.columns.flatMap((column) => {
    const source = sources.get(column.name);
    if (!source || after.strict) return [];
    const held =
      source.kind === 'column' ? before.columns.find((each) => each.name === source.name) : undefined;
    const fits = fitCondition(held, column);
    if (fits === null || (source.kind === 'expression' && unchangedType(before, column))) return [];
    return [
      assertion(
        `SELECT count(*) = 0, count(*) AS rows, min(quote(${quoteIdentifier(column.name)})) AS example` +
          ` FROM ${quoteIdentifier(copy)} WHERE NOT (${fits})`,
        `{rows} value(s) of column ${inMessage(column.name)} of ${inMessage(before.name)} do not fit ${declaredType(column).replaceAll(/[{}]/g, '')}, such as {example}.` +
          wayOut(held, column),
      ),
    ];
  });
}

/** Whole numbers that a floating-point column would round, counted before anything is copied: afterwards nobody can tell. */
export function integersStayExact(before: Table, after: Table, sources: CopySources): Statement[] {
  return after.columns.flatMap((column) => {
    const source = sources.get(column.name);
    const held = before.columns.find((each) => source?.kind === 'column' && each.name === source.name);
    if (!held || affinityOf(declaredType(column)) !== 'REAL') return [];
    if (affinityOf(declaredType(held)) === 'REAL' || held.generated !== null) return [];
    const name = quoteIdentifier(held.name);
    return [
      assertion(
        `SELECT count(*) = 0, count(*) AS rows, min(quote(${name})) AS example FROM ${quoteIdentifier(before.name)}` +
          ` WHERE typeof(${name}) IN ('integer', 'text') AND CAST(${name} AS NUMERIC) <> CAST(${name} AS REAL)`,
        `${declaredType(column).replaceAll(/[{}]/g, '')} would round {rows} value(s) of column ${inMessage(held.name)} of ${inMessage(before.name)}, such as {example}.` +
          wayOut(held, column),
      ),
    ];
  });
}

/** A backfill alone does not put the other values to the test. */
function unchangedType(before: Table, column: Column): boolean {
  const held = before.columns.find((each) => each.name === column.name);
  return held !== undefined && declaredType(held) === declaredType(column);
}

function wayOut(held: Column | undefined, { type }: Column): string {
  // Of a text only the spaces at its end are ever cut.
  const canBeCut = held !== undefined && type.kind !== 'string' && narrowed('', held.type, type) !== null;
  return canBeCut
    ? ' Correct them first, say with `using` how to convert them, or allow to cut or round them with `allowDataLoss: true`.'
    : ' Correct them first, or say with `using` how to convert them.';
}
