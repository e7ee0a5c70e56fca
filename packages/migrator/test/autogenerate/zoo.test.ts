import { compare } from '../../src/autogenerate/compare.ts';
import { entitySchema } from '../../src/mikro-orm/entity-schema.ts';
import { engines } from './engine.ts';
import { ormFor } from './orm.ts';
import { zoo } from './zoo.ts';

test('the zoo is one schema, whichever database the ORM is for', () => {
  expect(entitySchema(ormFor('sqlite', zoo))).toEqual(entitySchema(ormFor('postgresql', zoo)));
});

describe.each(engines)('the zoo on $name', ({ dialect, lend }) => {
  test('is created from nothing, and then nothing differs', async () => {
    const models = entitySchema(ormFor(dialect.name, zoo));
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
