import { MigratorError } from '../errors.ts';
import { column, foreignKey } from '../schema/builders.ts';
import { t } from '../schema/data-type.ts';
import { emptySchema, findTable, type Schema } from '../schema/schema.ts';
import { apply } from './apply.ts';
import { Operations } from './operations.ts';
import { reverseAll } from './reverse.ts';

function after(record: (op: Operations) => void, before: Schema = emptySchema): Schema {
  const op = new Operations();
  record(op);
  return op.recorded.reduce(apply, before);
}

const two = after((op) => {
  op.createTable('parents', [
    column('id', t.integer(), { primaryKey: true }),
    column('name', t.string(), { unique: true }),
  ]);
  op.createTable('children', [
    column('id', t.integer(), { primaryKey: true }),
    column('parent_id', t.integer(), { nullable: false }),
    column('size', t.integer(), { check: 'size > 0', serverDefault: 1 }),
    foreignKey(['parent_id'], 'parents', ['id'], { onDelete: 'CASCADE' }),
  ]);
  op.createIndex('idx_children_size', 'children', [{ expression: 'size * 2', order: 'desc' }], {
    where: 'size > 5',
  });
});

describe('apply', () => {
  test('an integer primary key counts up by itself, one that points elsewhere does not', () => {
    expect(findTable(two, 'parents')?.columns[0]).toMatchObject({ autoincrement: 'serial', nullable: false });
    const shared = after((op) => {
      op.createTable('details', [
        column('id', t.integer(), { primaryKey: true }),
        foreignKey(['id'], 'parents', ['id']),
      ]);
    }, two);
    expect(findTable(shared, 'details')?.columns[0]?.autoincrement).toBe(false);
  });

  test('a renamed column is renamed in keys, indexes, checks and in the keys of other tables', () => {
    const renamed = after((op) => {
      op.renameColumn('children', 'size', 'amount');
      op.renameColumn('parents', 'id', 'number');
      op.renameTable('parents', 'elders');
    }, two);
    const children = findTable(renamed, 'children');
    expect(children?.checks[0]?.expression).toBe('"amount" > 0');
    expect(children?.indexes[0]).toMatchObject({
      where: '"amount" > 5',
      columns: [{ expression: '"amount" * 2' }],
    });
    expect(children?.foreignKeys[0]).toMatchObject({ refTable: 'elders', refColumns: ['number'] });
    expect(findTable(renamed, 'elders')?.primaryKey?.columns).toEqual(['number']);
  });

  test('a dropped column takes its indexes, keys and checks with it', () => {
    const dropped = after((op) => {
      op.dropColumn('children', 'size');
      op.dropColumn('children', 'parent_id');
    }, two);
    expect(findTable(dropped, 'children')).toMatchObject({ indexes: [], checks: [], foreignKeys: [] });
  });

  test.each<[string, (op: Operations) => void, RegExp]>([
    [
      'a table twice',
      (op) => op.createTable('parents', [column('id', t.integer())]),
      /"parents" is there already/,
    ],
    ['a table without columns', (op) => op.createTable('empty', []), /has no columns|it has no columns/],
    ['an unknown table', (op) => op.addColumn('nobody', column('a', t.text())), /no table "nobody"/],
    ['an unknown column', (op) => op.dropColumn('parents', 'nobody'), /no column "nobody"/],
    ['a column twice', (op) => op.addColumn('parents', column('name', t.text())), /a column "name" already/],
    ['a table others refer to', (op) => op.dropTable('parents'), /"children" \(parent_id\) refers to it/],
    [
      'a column others refer to',
      (op) => op.dropColumn('parents', 'id'),
      /"children" \(parent_id\) refers to it/,
    ],
    ['an index twice', (op) => op.createIndex('idx_children_size', 'parents', ['name']), /is there already/],
    ['an unknown index', (op) => op.dropIndex('nobody'), /no index "nobody"/],
    [
      'an unknown constraint',
      (op) => op.dropConstraint('nobody', 'parents'),
      /no constraint called "nobody"/,
    ],
    [
      'a second primary key',
      (op) => op.createPrimaryKey(null, 'parents', ['name']),
      /has a primary key already/,
    ],
    ['an empty statement', (op) => op.execute(' '), /no SQL/],
  ])('refuses %s', (_, record, message) => {
    const failing = () => after(record, two);
    expect(failing).toThrow(MigratorError);
    expect(failing).toThrow(message);
  });

  test('a constraint without a name is found by its columns, its expression, or the name PostgreSQL would give', () => {
    const records: ((op: Operations) => void)[] = [
      (op) => op.dropConstraint(null, 'parents', { type: 'unique', columns: ['name'] }),
      (op) => op.dropConstraint('parents_name_key', 'parents'),
      (op) => op.dropConstraint('any_name', 'parents', { type: 'unique', columns: ['name'] }),
    ];
    for (const record of records) expect(findTable(after(record, two), 'parents')?.uniques).toEqual([]);
    const checks: ((op: Operations) => void)[] = [
      (op) => op.dropConstraint(null, 'children', { type: 'check', sql: 'SIZE>0' }),
      (op) => op.dropConstraint('children_size_check', 'children'),
    ];
    for (const record of checks) expect(findTable(after(record, two), 'children')?.checks).toEqual([]);
  });
});

describe('reverse', () => {
  test.each<[string, (op: Operations) => void]>([
    ['createTable', (op) => op.createTable('new', [column('id', t.integer(), { primaryKey: true })])],
    ['dropTable', (op) => op.dropTable('children')],
    ['renames', (op) => [op.renameTable('parents', 'elders'), op.renameColumn('elders', 'name', 'title')]],
    ['addColumn', (op) => op.addColumn('parents', column('more', t.text(), { unique: true }))],
    [
      'alterColumn',
      (op) =>
        op.alterColumn('children', 'size', { type: t.bigInteger(), serverDefault: null, nullable: false }),
    ],
    [
      'indexes',
      (op) => [
        op.dropIndex('idx_children_size'),
        op.createIndex('other', 'children', ['size'], { unique: true }),
      ],
    ],
    [
      'constraints',
      (op) => [
        op.dropConstraint(null, 'children', { type: 'foreignKey', columns: ['parent_id'] }),
        op.createForeignKey('named', 'children', 'parents', ['parent_id'], ['id'], { onDelete: 'SET NULL' }),
        op.createCheckConstraint(null, 'children', 'size < 100'),
      ],
    ],
  ])('of %s brings the schema back', (_, record) => {
    const op = new Operations();
    record(op);
    const changed = op.recorded.reduce(apply, two);
    expect(changed).not.toEqual(two);
    const back = reverseAll(op.recorded, two) ?? [];
    expect(sorted(back.reduce(apply, changed))).toEqual(sorted(two));
  });

  test('of a dropped column brings back what it took with it', () => {
    const op = new Operations();
    op.dropColumn('children', 'size');
    const back = (reverseAll(op.recorded, two) ?? []).reduce(apply, op.recorded.reduce(apply, two));
    expect(findTable(back, 'children')?.indexes).toEqual(findTable(two, 'children')?.indexes);
    expect(findTable(back, 'children')?.checks).toEqual(findTable(two, 'children')?.checks);
  });

  test('there is none for a data step', () => {
    const op = new Operations();
    op.run(async () => undefined);
    expect(reverseAll(op.recorded, two)).toBeNull();
  });
});

/** Tables in the order of their names: a table that was dropped comes back as the last one. */
function sorted(schema: Schema): Schema {
  return { ...schema, tables: [...schema.tables].sort((left, right) => (left.name < right.name ? -1 : 1)) };
}

test('of two constraints that are the same in all, the last is dropped', () => {
  const twice = after((op) => {
    op.createUniqueConstraint(null, 'children', ['size']);
    op.createUniqueConstraint(null, 'children', ['size']);
    op.dropConstraint(null, 'children', { type: 'unique', columns: ['size'] });
  }, two);
  expect(findTable(twice, 'children')?.uniques.filter((each) => each.columns[0] === 'size')).toHaveLength(1);
});
