import fc from 'fast-check';
import { check, unique } from '../../src/schema/builders.ts';
import type { Column } from '../../src/schema/column.ts';
import type { ForeignKey, PrimaryKey } from '../../src/schema/constraint.ts';
import { type DataType, t } from '../../src/schema/data-type.ts';
import { type SqlValue, sql } from '../../src/schema/expression.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { emptyTable, type Table } from '../../src/schema/table.ts';
import type { TableIndex } from '../../src/schema/table-index.ts';

/**
 * Schemas whose tables and columns have names from a small supply, so that two of them have much in common. What a column
 * may be depends on its name: two types of one name convert into each other without losing anything.
 */
const families: Readonly<
  Record<string, { types: DataType[]; defaults: (SqlValue | null)[]; sample: string }>
> = {
  amount: { types: [t.integer(), t.bigInteger()], defaults: [null, 0, 7, '3'], sample: '5' },
  'the label': { types: [t.string(40), t.string(), t.text()], defaults: [null, '', "it's"], sample: "'x'" },
  flag: { types: [t.boolean()], defaults: [null, true, false], sample: 'true' },
  price: { types: [t.numeric(10, 2), t.numeric(12, 2)], defaults: [null, 0, '1.50'], sample: '2.25' },
  at: {
    types: [t.dateTime(), t.dateTime({ timezone: true })],
    defaults: [null, sql('CURRENT_TIMESTAMP')],
    sample: "'2020-01-02 03:04:05'",
  },
  day: { types: [t.date()], defaults: [null, '2020-02-29'], sample: "'2020-01-02'" },
  Data: { types: [t.json()], defaults: [null, '{"a":1}'], sample: `'{"b":2}'` },
  order: { types: [t.smallInteger(), t.integer()], defaults: [null, 1], sample: '4' },
};

export const sampleOf = (column: string): string => families[column]?.sample ?? '1';

/** An enumeration belongs to one table: on PostgreSQL its name is taken only once. */
const enumFor = (table: string) => [
  t.enum(`kind of ${table}`, ['a', 'b']),
  t.enum(`kind of ${table}`, ['a', 'b', "c's"]),
  t.enum(`kind of ${table}`, ['b', 'a']),
];

const plain = { autoincrement: false, generated: null, collation: null } as const;

function columnArbitrary(name: string): fc.Arbitrary<Column> {
  const family = families[name];
  if (!family) throw new Error(name);
  return fc.record({
    name: fc.constant(name),
    type: fc.constantFrom(...family.types),
    nullable: fc.boolean(),
    serverDefault: fc.constantFrom(...family.defaults),
    autoincrement: fc.constant(false as const),
    generated: fc.constant(null),
    collation: fc.constant(null),
    comment: fc.constantFrom(null, null, 'a comment'),
  });
}

const tableNames = ['alpha', 'Beta', 'gamma', 'order'] as const;

const indexArbitrary = (table: string, columns: readonly string[]): fc.Arbitrary<TableIndex> =>
  fc
    .record({
      number: fc.integer({ min: 0, max: 2 }),
      unique: fc.boolean(),
      parts: fc.uniqueArray(fc.constantFrom(...columns), { minLength: 1, maxLength: 2 }),
      order: fc.constantFrom('asc' as const, 'desc' as const),
      partial: fc.boolean(),
    })
    .map(({ number, unique: isUnique, parts, order, partial }) => ({
      name: `${table}_index_${number}`,
      unique: isUnique,
      columns: parts.map((column, at) => ({
        column,
        expression: null,
        order: at === 0 ? order : 'asc',
        nulls: null,
        collation: null,
        opclass: null,
      })),
      where: partial ? `"${parts[0]}" IS NOT NULL` : null,
      using: null,
      include: [],
    }));

function tableArbitrary(name: string, others: readonly string[]): fc.Arbitrary<Table> {
  return fc
    .record({
      columns: fc
        .subarray(Object.keys(families), { minLength: 1 })
        .chain((names) => fc.tuple(...names.map(columnArbitrary))),
      kind: fc.option(fc.constantFrom(...enumFor(name)), { nil: null }),
      keys: fc.subarray([...others]),
      keyRules: fc.constantFrom('NO ACTION' as const, 'CASCADE' as const, 'SET NULL' as const),
      links: fc.subarray([...others]),
      checked: fc.constantFrom(null, 'id > 0', 'id >= 0 and id < 1000000'),
      twoUniques: fc.boolean(),
      deferrable: fc.constantFrom(undefined, 'initially deferred' as const, 'initially immediate' as const),
      comment: fc.constantFrom(null, null, 'a table', "one's own"),
    })
    .chain(({ columns, kind, keys, keyRules, links, checked, twoUniques, deferrable, comment }) => {
      const all: Column[] = [
        {
          ...plain,
          name: 'id',
          type: t.integer(),
          nullable: false,
          serverDefault: null,
          comment: null,
          autoincrement: 'serial',
        },
        ...columns,
        ...(kind
          ? [{ ...plain, name: 'kind', type: kind, nullable: true, serverDefault: null, comment: null }]
          : []),
        ...links.map((other) => ({
          ...plain,
          name: `${other}_id`,
          type: t.integer(),
          nullable: true,
          serverDefault: null,
          comment: null,
        })),
      ];
      const indexed = columns.map((column) => column.name).filter((column) => column !== 'Data');
      const indexes =
        indexed.length === 0 ? fc.constant([]) : fc.array(indexArbitrary(name, indexed), { maxLength: 2 });
      const first = columns[0]?.name === 'Data' ? undefined : columns[0]?.name;
      return indexes.map((found) => ({
        ...emptyTable,
        name,
        comment,
        columns: all,
        primaryKey: { kind: 'primaryKey', name: null, columns: ['id'] } as PrimaryKey,
        uniques:
          twoUniques && first ? [unique([first, 'id'], { name: `${name}_${first}_key`, deferrable })] : [],
        checks: checked === null ? [] : [check(checked, { name: `${name}_checked` })],
        foreignKeys: links
          .filter((other) => keys.includes(other))
          .map((other) => keyTo(name, other, keyRules)),
        indexes: [...new Map(found.map((index) => [index.name, index])).values()],
      }));
    });
}

function keyTo(table: string, other: string, onDelete: ForeignKey['onDelete']): ForeignKey {
  return {
    kind: 'foreignKey',
    name: `${table}_${other}_fkey`,
    columns: [`${other}_id`],
    refTable: other,
    refColumns: ['id'],
    onDelete,
    onUpdate: 'NO ACTION',
    deferrable: null,
    notValid: false,
  };
}

export const arbitrarySchema: fc.Arbitrary<Schema> = fc
  .subarray([...tableNames], { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((name) => tableArbitrary(name, names))))
  .map((tables) => ({ tables, enums: [], views: [], triggers: [] }));
