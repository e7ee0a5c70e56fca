import { MikroORM } from '@mikro-orm/sqlite';
import { compare } from '../../src/autogenerate/compare.ts';
import { entitySchema } from '../../src/mikro-orm/entity-schema.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { engines } from './engine.ts';
import { ormFor } from './orm.ts';
import { zoo } from './zoo.ts';

test('the zoo is one schema, whichever database the ORM is for', async () => {
  expect(await entitySchema(ormFor('sqlite', zoo))).toEqual(await entitySchema(ormFor('postgresql', zoo)));
});

/** Entities are found in another order, which is that of tables and of a hierarchy's columns. */
function ordered(schema: Schema): Schema {
  const byName = <Named extends { readonly name: string | null }>(all: readonly Named[]) =>
    all.toSorted((left, right) => ((left.name ?? '') < (right.name ?? '') ? -1 : 1));
  return {
    ...schema,
    tables: byName(schema.tables).map((table) => ({
      ...table,
      columns: byName(table.columns),
      foreignKeys: byName(table.foreignKeys),
      checks: byName(table.checks),
    })),
  };
}

test('entities that are named by paths are described like any others', async () => {
  const path = new URL('zoo.ts', import.meta.url).pathname;
  const orm = await MikroORM.init({ dbName: ':memory:', entities: [path], entitiesTs: [path] });
  expect(ordered(await entitySchema(orm))).toEqual(ordered(await entitySchema(ormFor('sqlite', zoo))));
});

test('a unique key that waits is a constraint, with or without a name of its own', async () => {
  const { tables } = await entitySchema(ormFor('postgresql', zoo));
  const uniques = tables.find(({ name }) => name === 'book')?.uniques ?? [];
  expect(
    uniques.flatMap(({ deferrable, columns }) => (deferrable ? [[deferrable, ...columns]] : [])),
  ).toEqual([
    ['initially immediate', 'pages', 'author_id'],
    ['initially deferred', 'publisher_country', 'publisher_number', 'title'],
  ]);
});

describe.each(engines)('the zoo on $name', ({ dialect, lend }) => {
  test('is created from nothing, and then nothing differs', async () => {
    const models = await entitySchema(ormFor(dialect.name, zoo));
    await lend(async (database) => {
      const first = compare({ live: await database.inspect(), models, dialect });
      expect(first.ambiguities).toEqual([]);
      await database.migrate(first.operations);
      const second = compare({ live: await database.inspect(), models, dialect });
      expect(second.operations).toEqual([]);
      const third = compare({ live: await database.inspect(), models, dialect, history: first.operations });
      expect(third.operations).toEqual([]);
    });
  });
});
