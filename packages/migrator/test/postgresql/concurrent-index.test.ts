import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { record, run, withDatabase } from './database.ts';

const table = record((op) => op.createTable('a', [op.column('b', op.t.integer())]));
const create = record((op) => op.createIndex('idx_a_b', 'a', ['b'], { unique: true, concurrently: true }));
const drop = record((op) => op.dropIndex('idx_a_b', 'a', { concurrently: true }));

describe.each(postgresqlServers())('$name', (server) => {
  test('a build that failed leaves an invalid index, which the next run replaces', async () => {
    await withDatabase(server, async (session) => {
      const schema = await run(session, table, emptySchema);
      await session.query('INSERT INTO a VALUES (1), (1)');
      await expect(run(session, create, schema)).rejects.toMatchObject({ code: '23505' });
      const { rows } = await session.query(
        'SELECT indisvalid FROM pg_index WHERE indexrelid = $1::regclass',
        ['idx_a_b'],
      );
      expect(rows).toEqual([{ indisvalid: false }]);
      expect((await postgresqlDialect.inspect(session)).tables[0]?.indexes).toEqual([]);

      await session.query('DELETE FROM a');
      const after = await run(session, create, schema);
      expect((await postgresqlDialect.inspect(session)).tables[0]?.indexes).toEqual(after.tables[0]?.indexes);
    });
  });

  test('a step that was cut off after its work was done may be run again', async () => {
    await withDatabase(server, async (session) => {
      const schema = await run(session, table, emptySchema);
      const after = await run(session, create, schema);
      await run(session, create, schema);
      expect((await postgresqlDialect.inspect(session)).tables[0]?.indexes).toHaveLength(1);
      await run(session, drop, after);
      await run(session, drop, after);
      expect((await postgresqlDialect.inspect(session)).tables[0]?.indexes).toEqual([]);
    });
  });

  test('an index of the same name on another table is left alone', async () => {
    await withDatabase(server, async (session) => {
      const schema = await run(session, table, emptySchema);
      await session.query('CREATE TABLE other (c integer)');
      await session.query('CREATE INDEX idx_a_b ON other (c)');
      await expect(run(session, create, schema)).rejects.toThrow(/on another table/);
      const { rows } = await session.query("SELECT to_regclass('idx_a_b')::text AS name");
      expect(rows).toEqual([{ name: 'idx_a_b' }]);
    });
  });
});
