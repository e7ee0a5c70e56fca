import * as fc from 'fast-check';
import type { Operations } from '../../src/operations/operations.ts';
import type { Column } from '../../src/schema/column.ts';
import { type DataType, t } from '../../src/schema/data-type.ts';
import { sql } from '../../src/schema/expression.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { Table } from '../../src/schema/table.ts';

/** Numbers that a change by hand is made of: what is done, to which table and column, and how. */
export interface Draw {
  readonly what: number;
  readonly table: number;
  readonly column: number;
  readonly how: number;
}

const number = fc.nat({ max: 999 });

export const draws: fc.Arbitrary<Draw[]> = fc.array(
  fc.record({ what: number, table: number, column: number, how: number }),
  { minLength: 1, maxLength: 5 },
);

const types: readonly DataType[] = [
  t.integer(),
  t.bigInteger(),
  t.text(),
  t.string(60),
  t.numeric(12, 3),
  t.double(),
  t.boolean(),
  t.dateTime(),
  t.dateTime({ timezone: true }),
  t.date(),
  t.json(),
  t.uuid(),
  t.enum('mood', ['sad', 'happy']),
];

const defaults: readonly (string | null)[] = ['7', 'small', null];

const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length] as Item;

type Change = (op: Operations, table: Table, column: Column, how: number, schema: Schema) => void;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const changes: readonly Change[] = [
  (op, table, _, how) => {
    const type = pick(types, how);
    const serverDefault = type.kind === 'dateTime' && how % 2 === 0 ? sql('CURRENT_TIMESTAMP') : undefined;
    op.addColumn(table.name, op.column(`new ${how % 7}`, type, { serverDefault, comment: 'by hand' }));
  },
  (op, table, column) => op.dropColumn(table.name, column.name),
  (op, table, column, how) => op.renameColumn(table.name, column.name, pick(['other', 'Note', 'x y'], how)),
  (op, table, column, how) => op.alterColumn(table.name, column.name, { type: pick(types, how) }),
  (op, table, column) => op.alterColumn(table.name, column.name, { type: t.text() }),
  (op, table, column) => op.alterColumn(table.name, column.name, { nullable: !column.nullable }),
  (op, table, column, how) => op.alterColumn(table.name, column.name, { serverDefault: pick(defaults, how) }),
  (op, table, column, how) =>
    op.alterColumn(table.name, column.name, { comment: pick([null, 'by hand', "it's"], how) }),
  (op, table, column, how) => {
    const order = how % 2 === 0 ? 'desc' : 'asc';
    const where = how % 3 === 0 ? `${quoted(column.name)} IS NOT NULL` : undefined;
    op.createIndex(`index ${how % 5}`, table.name, [{ column: column.name, order }], { where });
  },
  (op, table, column, how) =>
    op.createIndex(`things_lower`, table.name, [{ expression: `coalesce(${quoted(column.name)}, NULL)` }], {
      unique: how % 4 === 0,
    }),
  (op, table, _, how) => {
    if (table.indexes.length > 0) op.dropIndex(pick(table.indexes, how).name);
  },
  (op, table, _, how) => {
    const all = [...table.uniques, ...table.checks, ...table.foreignKeys];
    if (all.length === 0) return;
    const { name, ...constraint } = pick(all, how);
    op.dropConstraint(name, table.name, {
      type: constraint.kind,
      ...(constraint.kind === 'check' ? { sql: constraint.expression } : { columns: constraint.columns }),
    });
  },
  (op, table, column, how) => {
    // Said twice without a name it is one key, which SQLite writes down twice.
    if (table.uniques.some(({ columns }) => columns.join() === column.name)) return;
    op.createUniqueConstraint(how % 2 === 0 ? null : `unique ${how % 5}`, table.name, [column.name]);
  },
  (op, table, column, how) =>
    op.createCheckConstraint(
      how % 2 === 0 ? null : `check ${how % 5}`,
      table.name,
      `${quoted(column.name)} IS NOT NULL OR 1 = 1`,
      { notValid: how % 3 === 0 },
    ),
  (op, table, column, how) =>
    op.createForeignKey(
      how % 2 === 0 ? null : `key ${how % 5}`,
      table.name,
      'owners',
      [column.name],
      ['id'],
      {
        onDelete: pick(['CASCADE', 'SET NULL', 'NO ACTION'] as const, how),
        deferrable: pick(['initially deferred', null] as const, how),
        notValid: how % 3 === 0,
      },
    ),
  (op, table, _, how) =>
    how % 2 === 0 ? op.createTableComment(table.name, 'by hand') : op.dropTableComment(table.name),
  (op, table, _, how) => op.renameTable(table.name, pick(['stuff', 'Others', table.name.toUpperCase()], how)),
  (op, table) => op.dropTable(table.name),
  (op, _, column, how) =>
    op.createTable(`table ${how % 3}`, [
      op.column('id', t.integer(), { primaryKey: true }),
      op.column(column.name, column.type.kind === 'enum' ? t.text() : column.type),
    ]),
  (op, table) => {
    const key = table.primaryKey;
    if (key) op.dropConstraint(key.name, table.name, { type: 'primaryKey', columns: key.columns });
  },
];

/** Records the change that a draw stands for. */
export function change(op: Operations, { what, table, column, how }: Draw, schema: Schema): void {
  if (schema.tables.length === 0) return;
  const chosen = pick(schema.tables, table);
  pick(changes, what)(op, chosen, pick(chosen.columns, column), how, schema);
}
