import fc from 'fast-check';
import { column, foreignKey } from '../schema/builders.ts';
import { t } from '../schema/data-type.ts';
import { emptyTable, type Table } from '../schema/table.ts';
import { creationOrder } from './table-order.ts';

const table = (name: string, ...targets: readonly string[]): Table => ({
  ...emptyTable,
  name,
  columns: [column('id', t.integer())],
  foreignKeys: targets.map((target) => foreignKey(['id'], target, ['id'])),
});

const order = (...tables: readonly Table[]) => {
  const { tables: ordered, postponed } = creationOrder(tables);
  return {
    order: ordered.map((each) => each.name).join(' '),
    postponed: postponed.map(({ table: from, key }) => `${from}>${key.refTable}`).join(' '),
  };
};

test.each([
  ['nothing refers', [table('a'), table('b')], 'a b', ''],
  ['a table behind its target', [table('a', 'b'), table('b')], 'b a', ''],
  ['a table that refers to itself', [table('a', 'a')], 'a', ''],
  ['a table that refers to one that is there', [table('a', 'elsewhere')], 'a', ''],
  ['two in a circle', [table('a', 'b'), table('b', 'a')], 'b a', 'b>a'],
  ['three in a circle', [table('a', 'b'), table('b', 'c'), table('c', 'a')], 'c b a', 'c>a'],
])('%s', (_, tables, expected, postponed) => {
  expect(order(...tables)).toEqual({ order: expected, postponed });
});

test('a chain of 100,000 tables has an order', () => {
  const chain = Array.from({ length: 100_000 }, (_, at) => table(`t${at}`, `t${at + 1}`));
  const { tables, postponed } = creationOrder(chain);
  expect(tables[0]?.name).toBe('t99999');
  expect(tables).toHaveLength(100_000);
  expect(postponed).toEqual([]);
});

test('every key is there once, and points backwards unless it is postponed', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const tables = fc
    .uniqueArray(fc.tuple(name, fc.array(name, { maxLength: 3 })), { selector: ([each]) => each })
    .map((all) => all.map(([each, targets]) => table(each, ...targets)));
  fc.assert(
    fc.property(tables, (all) => {
      const { tables: ordered, postponed } = creationOrder(all);
      const created: string[] = [];
      for (const each of ordered) {
        created.push(each.name);
        for (const key of each.foreignKeys) {
          const known = created.includes(key.refTable) || !all.some((other) => other.name === key.refTable);
          expect(known).toBe(true);
        }
      }
      expect(created.toSorted()).toEqual(all.map((each) => each.name).sort());
      const keys = [...ordered.flatMap((each) => each.foreignKeys), ...postponed.map(({ key }) => key)];
      expect(keys).toHaveLength(all.flatMap((each) => each.foreignKeys).length);
    }),
  );
});
