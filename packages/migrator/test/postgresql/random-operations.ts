import * as fc from 'fast-check';
import type { AlterColumnOptions } from '../../src/operations/alter-column.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { Operations } from '../../src/operations/operations.ts';
import type { ColumnOptions } from '../../src/schema/builders.ts';
import type { Column } from '../../src/schema/column.ts';
import { type DataType, t } from '../../src/schema/data-type.ts';
import { sql } from '../../src/schema/expression.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { Table } from '../../src/schema/table.ts';

/** Numbers that a random operation is made of: what to do, and with which of the things that are there. */
export interface Draw {
  readonly what: number;
  readonly which: number;
  readonly how: number;
  readonly name: number;
}

const number = fc.nat({ max: 9999 });
export const draws = (length: { minLength: number; maxLength: number }) =>
  fc.array(fc.record({ what: number, which: number, how: number, name: number }), length);

const names = ['a', 'b', 'order', 'Mixed', 'wïth "quotes"', 'spa ce', 'user', 'x'.repeat(60), 'c', 'd', 'e'];
const moods = ['happy', 'sad', "can't say"];

/** Types, each with a default as text and what it may become and be brought back from. */
const types: readonly { type: DataType; value: (row: number) => string; wider?: DataType }[] = [
  { type: t.smallInteger(), value: (row) => String(row - 1), wider: t.integer() },
  { type: t.integer(), value: (row) => String(row * 7), wider: t.bigInteger() },
  { type: t.integer(), value: (row) => String(row * 3), wider: t.numeric() },
  { type: t.string(20), value: (row) => `it's ${row}`, wider: t.string(40) },
  { type: t.string(20), value: (row) => `größe ${row}`, wider: t.text() },
  { type: t.string(), value: (row) => `\\ ${row}`, wider: t.text() },
  { type: t.numeric(10, 2), value: (row) => `${row}.50`, wider: t.numeric(12, 4) },
  { type: t.float(), value: (row) => `${row}.25`, wider: t.double() },
  { type: t.date(), value: (row) => `2020-01-${10 + row}`, wider: t.dateTime() },
  {
    type: t.dateTime(),
    value: (row) => `2020-01-${10 + row} 10:00:00`,
    wider: t.dateTime({ timezone: true }),
  },
  { type: t.enum('mood', moods.slice(0, 2)), value: () => 'sad', wider: t.enum('mood', moods) },
  { type: t.boolean(), value: (row) => String(row % 2 === 0) },
  { type: t.json(), value: (row) => `{"b":${row},"a":[1]}` },
  { type: t.uuid(), value: (row) => `a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1${row}` },
  { type: t.time(), value: (row) => `10:0${row}:00` },
  { type: t.binary(), value: (row) => `\\x0${row}` },
  { type: t.raw({ sqlite: 'TEXT', postgresql: 'integer[]' }), value: (row) => `{${row}}` },
];

const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % items.length];

function entryOf(type: DataType) {
  return types.find((each) => JSON.stringify(each.type) === JSON.stringify(type));
}

/** A value for a column of one of the types above, as text that PostgreSQL reads. */
export function sampleOf(type: DataType, row: number): string | null {
  return entryOf(type)?.value(row) ?? null;
}

function enumAsItIs(type: DataType, schema: Schema): DataType {
  const known = schema.enums.find((each) => type.kind === 'enum' && each.name === type.name);
  return known ? t.enum(known.name, known.values) : type;
}

function columnOptions(type: DataType, { how }: Draw): ColumnOptions {
  const value = sampleOf(type, 1);
  return {
    ...(how % 3 === 0 && value !== null ? { serverDefault: value } : {}),
    ...(how % 7 === 0 && type.kind === 'dateTime' ? { serverDefault: sql('CURRENT_TIMESTAMP') } : {}),
    ...(how % 5 === 0 ? { comment: `it's ${how}` } : {}),
    ...(how % 4 === 0 && type.kind === 'text' ? { collation: 'C' } : {}),
  };
}

const isPlain = (table: Table, schema: Schema, { name }: Column) =>
  !table.primaryKey?.columns.includes(name) &&
  !table.foreignKeys.some((key) => key.columns.includes(name)) &&
  !schema.tables.some((other) =>
    other.foreignKeys.some((key) => key.refTable === table.name && key.refColumns.includes(name)),
  );

type Make = (op: Operations, schema: Schema, draw: Draw) => void;
type MakeInTable = (op: Operations, table: Table, draw: Draw, schema: Schema) => void;
type MakeInColumn = (op: Operations, table: Table, column: Column, draw: Draw) => void;

const createTable: Make = (op, schema, draw) => {
  const first = pick(types, draw.which);
  const second = pick(types, draw.how);
  if (!first || !second) return;
  const [one, two] = [enumAsItIs(first.type, schema), enumAsItIs(second.type, schema)];
  const other = pick(schema.tables, draw.how);
  const refersTo = other?.primaryKey && draw.how % 2 === 0 ? other : null;
  op.createTable(pick(names, draw.name) ?? '', [
    op.column('id', pick([t.integer(), t.bigInteger(), t.smallInteger()], draw.how) ?? t.integer(), {
      primaryKey: true,
      autoincrement: pick(['serial', 'identity', 'always', false] as const, draw.which) ?? false,
    }),
    op.column('First "one"', one, columnOptions(one, draw)),
    op.column('second', two, {
      ...columnOptions(two, draw),
      check: draw.how % 5 === 1 ? 'second IS NOT NULL OR id > 0' : undefined,
    }),
    op.column('ref', t.bigInteger()),
    ...(refersTo?.columns.some((each) => each.name === 'id') && refersTo.primaryKey?.columns.join() === 'id'
      ? [
          op.foreignKey(['ref'], refersTo.name, ['id'], {
            onDelete: pick(['CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION'] as const, draw.name),
            deferrable: pick(['initially deferred', 'initially immediate', null] as const, draw.how),
          }),
        ]
      : []),
  ]);
};

const inTable =
  (make: MakeInTable): Make =>
  (op, schema, draw) => {
    const table = pick(schema.tables, draw.which);
    if (table) make(op, table, draw, schema);
  };

const inColumn = (make: MakeInColumn): Make =>
  inTable((op, table, draw, schema) => {
    const column = pick(table.columns, draw.how);
    if (column && isPlain(table, schema, column)) make(op, table, column, draw);
  });

const alter = (change: (column: Column, draw: Draw) => AlterColumnOptions | null): Make =>
  inColumn((op, table, column, draw) => {
    const options = change(column, draw);
    if (options) op.alterColumn(table.name, column.name, options);
  });

const createForeignKey: Make = inTable((op, table, draw, schema) => {
  const other = pick(schema.tables, draw.how);
  const key = other?.primaryKey?.columns;
  const type = other?.columns.find((each) => each.name === key?.[0])?.type.kind ?? 'text';
  const free = !table.foreignKeys.some((each) => each.columns.includes('ref'));
  if (!other || key?.length !== 1 || !['integer', 'bigInteger', 'smallInteger'].includes(type) || !free)
    return;
  op.createForeignKey(draw.how % 2 === 0 ? null : `fk ${draw.name}`, table.name, other.name, ['ref'], key, {
    notValid: draw.name % 2 === 0,
    onUpdate: pick(['CASCADE', 'NO ACTION'] as const, draw.name),
  });
});

/** Changes that lose nothing: taking them back brings back every row. */
export const lossless: readonly Make[] = [
  createTable,
  createForeignKey,
  inTable((op, table, draw) => op.renameTable(table.name, pick(names, draw.name) ?? '')),
  inTable((op, table, draw) => {
    const column = pick(table.columns, draw.how);
    if (column) op.renameColumn(table.name, column.name, pick(names, draw.name) ?? '');
  }),
  inTable((op, table, draw, schema) => {
    const type = enumAsItIs(pick(types, draw.how)?.type ?? t.text(), schema);
    const name = pick(names, draw.name) ?? '';
    const check = draw.how % 6 === 0 ? `"${name.replaceAll('"', '""')}" IS NOT NULL OR true` : undefined;
    op.addColumn(table.name, op.column(name, type, { ...columnOptions(type, draw), check }));
  }),
  alter((column) => {
    const wider = entryOf(column.type)?.wider;
    return wider ? { type: wider } : null;
  }),
  alter((column, draw) => {
    const value = sampleOf(column.type, 2);
    if (column.autoincrement !== false || value === null || column.generated) return null;
    return { serverDefault: draw.name % 3 === 0 ? null : value };
  }),
  alter((_, draw) => ({ comment: draw.name % 2 === 0 ? null : 'another' })),
  alter((column, draw) => {
    const isText = column.type.kind === 'text' || column.type.kind === 'string';
    return isText ? { collation: draw.name % 2 === 0 ? 'C' : null } : null;
  }),
  inTable((op, table, draw) => {
    const autoincrement = pick(['serial', 'identity', 'always', false] as const, draw.how) ?? false;
    const key = table.columns.find((each) => table.primaryKey?.columns.includes(each.name));
    if (key && key.serverDefault === null) op.alterColumn(table.name, key.name, { autoincrement });
  }),
  inColumn((op, table, column, draw) =>
    op.createIndex(
      `idx ${pick(names, draw.name)?.slice(0, 20)}`,
      table.name,
      [
        {
          column: column.name,
          order: draw.how % 2 === 0 ? 'desc' : 'asc',
          nulls: draw.name % 3 === 0 ? 'first' : undefined,
        },
      ],
      {
        where: draw.which % 3 === 0 ? `"${column.name.replaceAll('"', '""')}" IS NOT NULL` : undefined,
        concurrently: draw.name % 4 === 0,
      },
    ),
  ),
  inTable((op, table, draw) => {
    const index = pick(table.indexes, draw.how);
    if (index) op.dropIndex(index.name, table.name, { concurrently: draw.name % 2 === 0 });
  }),
  inTable((op, table, draw) => {
    const key = table.primaryKey?.columns[0];
    const other = pick(table.columns, draw.how)?.name;
    if (!key || !other || key === other) return;
    op.createUniqueConstraint(draw.how % 2 === 0 ? null : `uq ${draw.name}`, table.name, [other, key], {
      deferrable: pick([null, 'initially deferred', 'initially immediate'] as const, draw.name),
    });
  }),
  inColumn((op, table, column, draw) =>
    op.createCheckConstraint(
      draw.how % 2 === 0 ? null : `ck ${draw.name}`,
      table.name,
      `"${column.name.replaceAll('"', '""')}" IS NULL OR "${column.name.replaceAll('"', '""')}" IS NOT NULL`,
      { notValid: draw.name % 3 === 0 },
    ),
  ),
  inTable((op, table, draw) => {
    const all = [...table.uniques, ...table.checks, ...table.foreignKeys];
    const constraint = pick(all, draw.how);
    if (constraint) op.dropConstraint(constraint.name, table.name);
  }),
  inTable((op, table) => {
    const waiting = [...table.checks, ...table.foreignKeys].find((each) => each.notValid && each.name);
    if (waiting?.name) op.validateConstraint(waiting.name, table.name);
  }),
  inTable((op, table, draw) =>
    op.createTableComment(table.name, draw.how % 4 === 0 ? '' : `it's ${draw.name}`),
  ),
  inTable((op, table) => op.dropTableComment(table.name)),
];

/** With changes that lose values too. */
export const any: readonly Make[] = [
  ...lossless,
  inTable((op, table) => op.dropTable(table.name)),
  inTable((op, table, draw) => {
    const column = pick(table.columns, draw.how);
    if (column) op.dropColumn(table.name, column.name);
  }),
  inTable((op, table) => op.dropConstraint(table.primaryKey?.name ?? '', table.name)),
  inTable((op, table, draw) => {
    const column = pick(table.columns, draw.how);
    if (column) op.createPrimaryKey(null, table.name, [column.name]);
  }),
  alter((column, draw) => {
    const backfill = sampleOf(column.type, 1);
    if (!column.nullable) return { nullable: true };
    return backfill === null
      ? { nullable: false }
      : { nullable: false, backfill, concurrently: draw.name % 3 === 0 };
  }),
];

/** The operations that draws stand for in a schema. */
export function operationsOf(makes: readonly Make[], draw: Draw, schema: Schema): readonly Operation[] {
  const op = new Operations();
  pick(makes, draw.what)?.(op, schema, draw);
  return op.recorded;
}
