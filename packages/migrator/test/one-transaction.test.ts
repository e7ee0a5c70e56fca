import { upgrade } from '../src/engine.ts';
import { chain } from './runtime/history.ts';
import { engines, type Place, sqlite } from './runtime/place.ts';

const parents = `op.createTable('parents', [column('id', t.integer(), { primaryKey: true }), column('a', t.integer())]);
  op.bulkInsert('parents', [{ id: 1, a: 1 }]);`;

/** Applies a base and then a second revision, and gives what the second one ended with. */
async function second(place: Place, script: string) {
  const scripts = place.scripts(chain(['aaaa01', parents], ['aaaa02', script]));
  return upgrade({ driver: place.driver, scripts }, 'head', { backup: false }).then(
    () => null,
    (error: unknown) => error,
  );
}

const versions = async (place: Place) =>
  (await place.query<{ version_num: string }>('SELECT version_num FROM alembic_version')).map(
    (row) => row.version_num,
  );

describe.each(engines)('$name: a step does not end the transaction it is part of', (engine) => {
  test.each([
    ['db.transaction()', `await db.transaction().execute((inner) => inner.deleteFrom('parents').execute());`],
    ['db.startTransaction()', `await (await db.startTransaction().execute()).commit().execute();`],
    ['db.transaction()', `await db.withSchema('x').transaction().execute(async () => undefined);`],
  ])('%s', async (name, step) => {
    await using place = await engine.open();
    const error = await second(
      place,
      `op.addColumn('parents', column('b', t.integer())); op.run(async (db) => { ${step} });`,
    );
    expect(error).toMatchObject({ code: 'MIGRATION_FAILED', message: expect.stringContaining(name) });
    expect(await versions(place)).toEqual(['aaaa01']);
    expect(await place.query('SELECT * FROM parents')).toEqual([{ id: 1, a: 1 }]);
  });

  test('a statement of its own', async () => {
    await using place = await engine.open();
    const error = await second(
      place,
      `op.addColumn('parents', column('b', t.integer()));
      op.run(async (db) => {
        const { CompiledQuery } = await import(${JSON.stringify(import.meta.resolve('kysely'))});
        await db.executeQuery(CompiledQuery.raw('ROLLBACK'));
      });`,
    );
    expect(error).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('ended the transaction'),
    });
    expect(await place.query('SELECT * FROM parents')).toEqual([{ id: 1, a: 1 }]);
    expect(await versions(place)).toEqual(['aaaa01']);
  });

  test('execute', async () => {
    await using place = await engine.open();
    const error = await second(place, `op.execute('DELETE FROM parents; COMMIT');`);
    expect(error).toMatchObject({ code: 'SCRIPT_INVALID', message: expect.stringContaining('"COMMIT"') });
  });
});

describe('SQLite', () => {
  test('a trigger that rolls everything back, whose error the step swallows', async () => {
    await using place = await sqlite.open();
    const error = await second(
      place,
      `op.execute("CREATE TRIGGER no BEFORE DELETE ON parents BEGIN SELECT RAISE(ROLLBACK, 'no'); END");
      op.run(async (db) => { await db.deleteFrom('parents').execute().catch(() => undefined); });`,
    );
    expect(error).toMatchObject({ message: expect.stringContaining('ended the transaction') });
    expect(await versions(place)).toEqual(['aaaa01']);
  });

  test('a foreign key without a target that was there before is a warning, and rows elsewhere are still checked', async () => {
    await using place = await sqlite.open();
    await place.query('PRAGMA foreign_keys = OFF');
    await place.query('CREATE TABLE amiss (x INTEGER REFERENCES parents (a))');
    await place.query('INSERT INTO amiss VALUES (1)');
    const warnings: string[] = [];
    const scripts = place.scripts(
      chain(['aaaa01', parents], ['aaaa02', `op.alterColumn('parents', 'a', { type: t.text() });`]),
    );
    await upgrade(
      {
        driver: place.driver,
        scripts,
        listener: (event) => {
          if (event.type === 'warning') warnings.push(event.message);
        },
      },
      'head',
      { backup: false },
    );
    expect(warnings).toEqual([expect.stringContaining('"amiss" referencing "parents"')]);
    const violating = place.scripts(
      chain(
        ['aaaa01', parents],
        ['aaaa02', ''],
        [
          'aaaa03',
          `op.createTable('children', [column('id', t.integer()), op.foreignKey(['id'], 'parents', ['id'])]);
          op.alterColumn('parents', 'a', { type: t.integer() });
          op.bulkInsert('children', [{ id: 99 }]);`,
        ],
      ),
    );
    await expect(upgrade({ driver: place.driver, scripts: violating })).rejects.toMatchObject({
      code: 'FOREIGN_KEY_VIOLATED',
      facts: { violationCount: 1 },
    });
  });

  test('the connection is as before when a rebuild stops between its statements', async () => {
    await using place = await sqlite.open();
    const interrupt = new AbortController();
    const scripts = place.scripts(
      chain(['aaaa01', parents], ['aaaa02', `op.alterColumn('parents', 'a', { type: t.text() });`]),
    );
    const work = upgrade(
      {
        driver: place.driver,
        scripts,
        signal: interrupt.signal,
        listener: (event) => {
          if (event.type === 'statement' && event.sql === 'PRAGMA legacy_alter_table = ON') interrupt.abort();
        },
      },
      'head',
      { backup: false },
    );
    await expect(work).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await place.driver.withSession(async (session) => {
      expect((await session.query('PRAGMA legacy_alter_table')).rows).toEqual([{ legacy_alter_table: 0 }]);
      expect((await session.query('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 1 }]);
    });
  });
});
