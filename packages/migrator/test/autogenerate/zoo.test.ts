import type { MikroORM as CoreOrm } from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { MikroORM } from '@mikro-orm/sql';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { compare } from '../../src/autogenerate/compare.ts';
import { entitySchema } from '../../src/mikro-orm/entity-schema.ts';
import { engines } from './engine.ts';
import { zoo } from './zoo.ts';

const ormFor = (dialect: string) =>
  new MikroORM({
    driver: dialect === 'sqlite' ? SqliteDriver : PostgreSqlDriver,
    dbName: 'zoo',
    entities: zoo as never,
  } as never) as never as CoreOrm;

test('the zoo is one schema, whichever database the ORM is for', () => {
  expect(entitySchema(ormFor('sqlite'))).toEqual(entitySchema(ormFor('postgresql')));
});

describe.each(engines)('the zoo on $name', ({ dialect, lend }) => {
  test('is created from nothing, and then nothing differs', async () => {
    const models = entitySchema(ormFor(dialect.name));
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
