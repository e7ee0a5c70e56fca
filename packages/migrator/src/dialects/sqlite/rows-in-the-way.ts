import type { Column } from '../../schema/column.ts';
import type { CheckConstraint } from '../../schema/constraint.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { TableIndex } from '../../schema/table-index.ts';
import type { Statement } from '../dialect.ts';
import { parenthesized } from '../parenthesized.ts';
import { enumChecksOf } from './enum-check.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { rowidAlias } from './row-id.ts';
import { assertion, inMessage, run } from './statement.ts';
import { type CopySources, copySql } from './table-copy.ts';
import { createTableSql, declaredType } from './table-definition.ts';

/**
 * Finds the rows for which SQLite refuses a copy into a new table, of which its own error tells neither how many they are
 * nor the table's name. They are looked for in a temporary table of the same columns without constraints, as values change
 * where they are stored.
 *
 * @param name of the new table; no temporary one has it.
 */
export function rowsNotCopied(before: Table, after: Table, sources: CopySources, name: string): Statement[] {
  const copy = `temp.${quoteIdentifier(name)}`;
  const columns = after.columns.flatMap((column) => {
    const source = sources.get(column.name);
    return source ? [{ target: quoteIdentifier(column.name), source: copySql(source) }] : [];
  });
  const targets = columns.map((each) => each.target).join(', ');
  const values = columns.map((each) => each.source).join(', ');
  const filled = (column: Column) => sources.has(column.name) || column.autoincrement === false;
  const uniques = after.primaryKey ? [after.primaryKey, ...after.uniques] : after.uniques;
  return [
    run(createTableSql(withoutConstraints(after), name).replace('CREATE', 'CREATE TEMP')),
    run(`INSERT INTO ${copy} (${targets}) SELECT ${values} FROM ${quoteIdentifier(before.name)}`),
    ...after.columns.flatMap((column) => (filled(column) ? misfits(after, column, copy) : [])),
    ...after.columns.flatMap((column) => (filled(column) ? nulls(after, column, copy) : [])),
    ...after.checks.map((check) => violations(after, check, copy)),
    ...uniques.map((unique) => {
      const what = unique.kind === 'primaryKey' ? 'primary key' : 'unique constraint';
      const keys = unique.columns.map(quoteIdentifier);
      return duplicates(after.name, copy, { ...unique, what, keys, where: null });
    }),
  ];
}

/** As {@link rowsNotCopied}, for a unique index. */
export function rowsNotUnique(table: string, { name, unique, columns, where }: TableIndex): Statement[] {
  if (!unique) return [];
  const keys = columns.map(({ column, expression, collation }) => {
    const key = column === null ? parenthesized(expression ?? '') : quoteIdentifier(column);
    return collation === null ? key : `${key} COLLATE ${quoteIdentifier(collation)}`;
  });
  const named = columns.map((each) => each.column ?? each.expression ?? '');
  const key = { what: 'unique index', name, columns: named, keys, where };
  return [duplicates(table, quoteIdentifier(table), key)];
}

function withoutConstraints(table: Table): Table {
  return {
    ...table,
    // ANY keeps every value as it is in a STRICT table only.
    columns: table.columns.map((column) => ({
      ...column,
      ...(declaredType(column).toUpperCase() === 'ANY' && table.strict ? { declared: 'BLOB' } : {}),
      nullable: true,
      autoincrement: false,
    })),
    remarks: [],
    primaryKey: null,
    uniques: [],
    checks: [],
    foreignKeys: [],
    strict: false,
    withoutRowid: false,
  };
}

/** Values that only some columns refuse: those of a STRICT table, and the rowid. */
function misfits(table: Table, column: Column, copy: string): Statement[] {
  const name = quoteIdentifier(column.name);
  const declared = declaredType(column).toUpperCase();
  const held =
    rowidAlias(table)?.name === column.name ? 'integer' : table.strict ? strictClasses[declared] : undefined;
  if (held === undefined) return [];
  return [
    assertion(
      `SELECT count(*) = 0, count(*) AS rows, min(quote(${name})) AS example FROM ${copy}` +
        ` WHERE typeof(${name}) NOT IN ('${held}', 'null')`,
      `{rows} value(s) of column ${inMessage(column.name)} of ${inMessage(table.name)} do not fit ${declared}, such as {example}.` +
        ' Correct them first, or say with `using` how to convert them.',
      { table: table.name, columns: [column.name] },
    ),
  ];
}

const strictClasses: Readonly<Record<string, string>> = {
  INT: 'integer',
  INTEGER: 'integer',
  REAL: 'real',
  TEXT: 'text',
  BLOB: 'blob',
};

function nulls(table: Table, column: Column, copy: string): Statement[] {
  if (column.nullable) return [];
  const wayOut =
    column.generated === null
      ? 'Give a backfill, or fill them first.'
      : 'Change what it is computed from, in a step before this one.';
  return [
    assertion(
      `SELECT count(*) = 0, count(*) AS rows FROM ${copy} WHERE ${quoteIdentifier(column.name)} IS NULL`,
      `Column ${inMessage(column.name)} of ${inMessage(table.name)} cannot be NOT NULL: {rows} row(s) hold NULL. ${wayOut}`,
      { table: table.name, columns: [column.name] },
    ),
  ];
}

function violations(table: Table, check: CheckConstraint, copy: string): Statement {
  const column = table.columns.find((each) => enumChecksOf(each, table.checks).includes(check));
  const mentioned = table.columns.filter((each) => mentionsIdentifier(check.expression, each.name));
  const example = mentioned
    .map(({ name }) => `${quoteLiteral(`${name} = `)} || quote(${quoteIdentifier(name)})`)
    .join(` || ', ' || `);
  const sql =
    `SELECT count(*) = 0, count(*) AS rows, min(${example || 'NULL'}) AS example FROM ${copy}` +
    ` WHERE NOT (${check.expression}\n)`;
  const facts = { table: table.name, constraint: check.name, columns: mentioned.map((each) => each.name) };
  const rows = `{rows} row(s) of table ${inMessage(table.name)}`;
  const such = example === '' ? '' : ', such as {example}';
  if (column) {
    return assertion(
      sql,
      `${rows} have a value of column ${inMessage(column.name)} that is not in its enumeration${such}.` +
        ' Correct them first, or say with `using` how to convert them.',
      facts,
    );
  }
  const named = check.name === null ? '' : ` ${inMessage(check.name)}`;
  return assertion(
    sql,
    `${rows} violate the check${named} (${inText(check.expression)})${such}. Change them in a step before this one.`,
    facts,
  );
}

interface UniqueKey {
  /** As people call it: `primary key`. */
  readonly what: string;
  readonly name: string | null;
  readonly columns: readonly string[];
  /** Columns and expressions, as SQL. */
  readonly keys: readonly string[];
  readonly where: string | null;
}

function duplicates(table: string, from: string, { what, name, columns, keys, where }: UniqueKey): Statement {
  const list = keys.join(', ');
  const conditions = [
    ...keys.map((key) => `${key} IS NOT NULL`),
    ...(where === null ? [] : [parenthesized(where)]),
  ];
  const example = keys.map((key) => `quote(${key})`).join(` || ', ' || `);
  const named = name === null ? '' : ` ${inMessage(name)}`;
  return assertion(
    'SELECT count(*) = 0, sum(number) AS rows, min(example) AS example FROM' +
      ` (SELECT count(*) AS number, ${example} AS example FROM ${from} WHERE ${conditions.join(' AND ')}` +
      ` GROUP BY ${list} HAVING count(*) > 1)`,
    `{rows} row(s) of table ${inMessage(table)} would be the same by the ${what}${named} (${inText(list)}), such as {example}.` +
      ' Remove or change them in a step before this one.',
    { table, constraint: name, columns },
  );
}

/** As part of a message, where braces have a meaning. */
function inText(text: string): string {
  return text.replaceAll(/[{}]/g, '');
}
