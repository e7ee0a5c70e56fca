import { column, foreignKey, Operations, type Schema, t } from '@freshmaker/migrator/engine';
import { generateRows, parentsFirst } from './generate-rows.ts';

/** The schema that recorded tables make, without a database. */
function schemaOf(create: (op: Operations) => void): Schema {
  const op = new Operations();
  create(op);
  const tables = op.recorded.flatMap((each) => (each.kind === 'createTable' ? [each.definition] : []));
  return { tables, enums: [], views: [], triggers: [] };
}

test('three rows: full, with NULLs, with what has a default left out', () => {
  const schema = schemaOf((op) =>
    op.createTable('a', [
      column('id', t.integer(), { primaryKey: true }),
      column('name', t.string(3)),
      column('state', t.integer(), { nullable: false, serverDefault: 0 }),
      column('twice', t.integer(), { generated: 'id * 2' }),
    ]),
  );
  expect(generateRows(schema).get('a')).toEqual([
    { id: 1, name: 'e 1', state: 1 },
    { id: 2, name: null, state: 2 },
    { id: 3, name: 'e 3' },
  ]);
});

test('keys refer to rows that are there, also in their own table', () => {
  const schema = schemaOf((op) => {
    op.createTable('link', [
      column('left', t.integer(), { primaryKey: true }),
      column('right', t.integer(), { primaryKey: true }),
      foreignKey(['left'], 'a', ['id']),
      foreignKey(['right'], 'a', ['id']),
    ]);
    op.createTable('a', [
      column('id', t.integer(), { primaryKey: true }),
      column('parent', t.integer()),
      foreignKey(['parent'], 'a', ['id']),
    ]);
  });
  expect(parentsFirst(schema.tables).map(({ name }) => name)).toEqual(['a', 'link']);
  const rows = generateRows(schema);
  expect(rows.get('a')).toEqual([
    { id: 1, parent: null },
    { id: 2, parent: null },
    { id: 3, parent: 1 },
  ]);
  expect(rows.get('link')).toEqual([
    { left: 1, right: 1 },
    { left: 2, right: 2 },
    { left: 3, right: 3 },
  ]);
});

test('tables that have rows get none, and theirs are referred to', () => {
  const schema = schemaOf((op) => {
    op.createTable('a', [column('id', t.integer(), { primaryKey: true })]);
    op.createTable('b', [
      column('id', t.integer(), { primaryKey: true }),
      column('a', t.integer(), { nullable: false }),
      foreignKey(['a'], 'a', ['id']),
    ]);
  });
  const rows = generateRows(schema, {}, new Map([['a', [{ id: 77 }]]]));
  expect(rows.has('a')).toBe(false);
  expect(rows.get('b')?.map(({ a }) => a)).toEqual([77, 77, 77]);
});

test.each([
  ["state IN ('open', 'it''s done')", ['open', "it's done", 'open']],
  ['"state" in (1, -2)', [1, -2, 1]],
])('a check that lists values is kept: %s', (check, values) => {
  const schema = schemaOf((op) =>
    op.createTable('a', [column('state', t.text(), { nullable: false, check })]),
  );
  expect(
    generateRows(schema)
      .get('a')
      ?.map(({ state }) => state),
  ).toEqual(values);
});

test('values of the project go over all', () => {
  const schema = schemaOf((op) => op.createTable('a', [column('state', t.text())]));
  const rows = generateRows(schema, { 'a.state': ['given 1', 'given 2', 'given 3'] });
  expect(rows.get('a')?.map(({ state }) => state)).toEqual(['given 1', 'given 2', 'given 3']);
});
