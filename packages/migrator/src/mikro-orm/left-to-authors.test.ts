import { defineEntity, p, Routine } from '@mikro-orm/core';
import { MikroORM as PostgresqlOrm } from '@mikro-orm/postgresql';
import { MikroORM as SqliteOrm } from '@mikro-orm/sqlite';
import { entityModels } from './entity-models.ts';

const id = p.integer().primary();
const Author = defineEntity({ name: 'Author', properties: { id, name: p.string() } });
const Book = defineEntity({
  name: 'Book',
  properties: { id },
  triggers: [{ name: 'touch', timing: 'after', events: ['insert'], body: 'select 1' }],
});
const Note = defineEntity({
  name: 'Note',
  properties: { id },
  policies: [{ name: 'own', using: 'id > 0' }],
});
const Part = defineEntity({
  name: 'Part',
  properties: { id },
  partitionBy: { type: 'hash', expression: 'id', partitions: 2 },
});
const Shelf = defineEntity({ name: 'Shelf', schema: 'audit', properties: { id } });
const Names = defineEntity({
  name: 'Names',
  view: true,
  expression: 'select id from author',
  properties: { id },
});
const total = new Routine({
  name: 'total',
  type: 'function',
  params: {},
  returns: { runtimeType: 'number', columnType: 'int' },
  body: '1',
});

const options = { dbName: 'library' };

describe.each([
  ['SQLite', (of: object) => new SqliteOrm({ ...options, ...of })],
  ['PostgreSQL', (of: object) => new PostgresqlOrm({ ...options, ...of })],
] as const)('of entities on %s', (_, open) => {
  const left = async (of: object) => (await entityModels(open(of) as never)).leftToAuthors;

  test.each([
    ['nothing of a table', [Author], []],
    ['a trigger', [Book], [{ table: 'book', what: 'its trigger "touch"' }]],
    ['a table of another schema', [Shelf], [{ table: 'audit.shelf', what: 'it is in another schema' }]],
    ['a view', [Author, Names], [{ table: 'names', what: 'it is a view' }]],
  ])('%s', async (_, entities, expected) => {
    expect(await left({ entities })).toEqual(expected);
  });

  test('a routine', async () => {
    expect(await left({ entities: [Author], routines: [total] })).toEqual([
      { table: 'total', what: 'it is a routine' },
    ]);
  });
});

// MikroORM refuses these where the ORM is for SQLite.
test.each([
  ['policies', Note, ['its policy "own"', 'its row level security']],
  ['partitions', Part, ['its partitions']],
])(
  'of entities on PostgreSQL %s, which do not keep the rest from being described',
  async (_, entity, what) => {
    const orm = new PostgresqlOrm({ dbName: 'library', entities: [entity] }) as never;
    const { schema, leftToAuthors } = await entityModels(orm);
    expect(leftToAuthors.map((each) => each.what)).toEqual(what);
    expect(schema.tables).toMatchObject([{ columns: [{ name: 'id' }] }]);
  },
);
