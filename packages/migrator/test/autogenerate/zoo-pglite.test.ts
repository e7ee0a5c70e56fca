import { MikroORM } from '@mikro-orm/pglite';
import { compare } from '../../src/autogenerate/compare.ts';
import { postgresqlDialect as dialect } from '../../src/dialects/postgresql/dialect.ts';
import { entitySchema } from '../../src/mikro-orm/entity-schema.ts';
import { ormDriver } from '../../src/mikro-orm/orm-driver.ts';
import type { SchemaOperation } from '../../src/operations/operation.ts';
import { run } from '../postgresql/database.ts';
import { ormFor } from './orm.ts';
import { zoo } from './zoo.ts';

test('the zoo is created on PGlite, and then nothing differs', async () => {
  const orm = await MikroORM.init({
    dbName: 'memory://',
    discovery: { warnWhenNoEntities: false },
    entities: [],
  });
  try {
    const driver = ormDriver(orm.em.getConnection(), orm.em.getPlatform(), 'PGlite');
    const models = await entitySchema(ormFor('postgresql', zoo));
    await driver.withSession(async (session) => {
      const before = await dialect.inspect(session);
      const { operations } = compare({ live: before, models, dialect });
      await run(session, operations as readonly SchemaOperation[], before);
      const live = await dialect.inspect(session);
      expect(live.tables).toHaveLength(models.tables.length);
      expect(compare({ live, models, dialect }).operations).toEqual([]);
    });
  } finally {
    await orm.close(true);
  }
});
