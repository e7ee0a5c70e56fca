import { upgrade } from '../../src/engine.ts';
import { chain } from '../runtime/history.ts';
import { postgresql } from '../runtime/place.ts';

const tables = `CREATE TABLE parents (id integer PRIMARY KEY);
  CREATE TABLE children (id integer PRIMARY KEY,
    parent_id integer REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO parents VALUES (1);`;

describe.each(postgresql)('$name: steps of one revision', (engine) => {
  test.each([
    [
      'rows with a check to come, and their table altered',
      `op.bulkInsert('children', [{ id: 1, parent_id: 1 }]);
      op.addColumn('children', column('a', t.integer()));`,
    ],
    [
      'rows that a later step puts right, and another table altered',
      `op.bulkInsert('children', [{ id: 1, parent_id: 2 }]);
      op.createTable('others', [column('id', t.integer())]);
      op.bulkInsert('parents', [{ id: 2 }]);
      op.addColumn('children', column('a', t.integer()));`,
    ],
  ])('%s', async (_, script) => {
    await using place = await engine.open();
    await place.query(tables);
    const scripts = place.scripts(chain(['aaaa01', script]));
    await upgrade({ driver: place.driver, scripts });
    expect(await place.query('SELECT a FROM children')).toEqual([{ a: null }]);
  });

  test('rows that stay wrong fail, and nothing is kept', async () => {
    await using place = await engine.open();
    await place.query(tables);
    const scripts = place.scripts(
      chain([
        'aaaa01',
        `op.bulkInsert('children', [{ id: 1, parent_id: 2 }]); op.createTable('others', [column('id', t.integer())]);`,
      ]),
    );
    await expect(upgrade({ driver: place.driver, scripts })).rejects.toMatchObject({
      code: 'FOREIGN_KEY_VIOLATED',
    });
    expect(
      await place.query(
        "SELECT to_regclass('others') AS others, (SELECT count(*)::int FROM children) AS rows",
      ),
    ).toEqual([{ others: null, rows: 0 }]);
  });

  test.each(['SET search_path = elsewhere', 'SET LOCAL search_path = elsewhere'])(
    '%s moves neither the version row nor the next revision',
    async (statement) => {
      await using place = await engine.open();
      await place.query(
        'CREATE SCHEMA elsewhere; CREATE TABLE parents (id integer); CREATE TABLE elsewhere.parents (id integer)',
      );
      const scripts = place.scripts(
        chain(
          ['aaaa01', `op.execute('${statement}'); op.addColumn('parents', column('a', t.integer()));`],
          ['aaaa02', `op.addColumn('parents', column('b', t.integer()));`],
        ),
      );
      await upgrade({ driver: place.driver, scripts });
      expect(await place.query('SELECT version_num FROM public.alembic_version')).toEqual([
        { version_num: 'aaaa02' },
      ]);
      expect(
        await place.query(
          "SELECT attrelid::regclass::text AS table, attname AS name FROM pg_attribute WHERE attname IN ('a', 'b') AND attrelid IN ('public.parents'::regclass, 'elsewhere.parents'::regclass) ORDER BY 2",
        ),
      ).toEqual([
        { table: 'elsewhere.parents', name: 'a' },
        { table: 'parents', name: 'b' },
      ]);
    },
  );
});
