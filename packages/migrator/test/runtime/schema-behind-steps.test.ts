import { upgrade } from '../../src/commands/upgrade.ts';
import type { Driver } from '../../src/driver/driver.ts';
import { chain } from './history.ts';
import { engines, type Place } from './place.ts';

/** Runs a step on a table with a row, and then operations on what it may have made: in the same revision and in the next. */
function historyWith(place: Place, step: string, then: string) {
  const create = `op.createTable('builds', [column('id', t.integer(), { primaryKey: true }), column('name', t.text())]);
    op.bulkInsert('builds', [{ id: 1, name: 'kernel' }]);`;
  const run = `op.run(async (db) => { ${step} });`;
  return place.scripts(
    chain(
      ['aaaa01', create],
      ['aaaa02', `${run} ${then}`],
      ['aaaa03', "op.addColumn('builds', column('last', t.text()));"],
    ),
  );
}

/** A driver that counts how often the tables are read. */
function countingInspections(driver: Driver) {
  const counts = { inspections: 0 };
  const watched: Driver = {
    dialect: driver.dialect,
    description: driver.description,
    exists: () => driver.exists(),
    create: () => driver.create(),
    close: () => driver.close(),
    withSession: (work) =>
      driver.withSession((session) =>
        work({
          kysely: () => session.kysely(),
          queryInTurn: (statements) => session.queryInTurn(statements),
          query: (sql, parameters) => {
            if (
              /AS dependents\s+FROM t\s+LEFT JOIN pg_catalog\.pg_description|pragma_table_xinfo\(m\.name/.test(
                sql,
              )
            )
              counts.inspections++;
            return session.query(sql, parameters);
          },
        }),
      ),
  };
  return { driver: watched, counts };
}

const raw = "process.getBuiltinModule('node:module').createRequire(process.cwd() + '/')('kysely')";

describe.each(engines)('$name: behind a data step', (engine) => {
  test.each([
    ['that changes the schema', "await db.schema.alterTable('builds').addColumn('made', 'text').execute();"],
    [
      'that changes it by SQL text',
      `await ${raw}.sql\`ALTER TABLE builds ADD COLUMN made text\`.execute(db);`,
    ],
    [
      'that changes it by a query that was compiled elsewhere',
      `await db.executeQuery(${raw}.CompiledQuery.raw('ALTER TABLE builds ADD COLUMN made text'));`,
    ],
  ])('%s the next operations find what it made', async (_, step) => {
    await using place = await engine.open();
    const scripts = historyWith(
      place,
      `${step} await db.updateTable('builds').set({ made: 'here' }).execute();`,
      "op.alterColumn('builds', 'made', { nullable: false }); op.renameColumn('builds', 'made', 'origin');",
    );
    await upgrade({ driver: place.driver, scripts }, 'head', { backup: false });
    expect(await place.query('SELECT id, name, origin, last FROM builds')).toEqual([
      { id: 1, name: 'kernel', origin: 'here', last: null },
    ]);
  });

  test.each([
    ['rows alone', "await db.updateTable('builds').set({ name: 'glibc' }).where('id', '=', 1).execute();", 0],
    [
      'rows and an aggregate',
      "await db.selectFrom('builds').select((row) => row.fn.max('id').as('id')).execute();",
      0,
    ],
    [
      'a function',
      "await db.selectFrom('builds').select((row) => row.fn('lower', ['name']).as('low')).execute();",
      1,
    ],
    ['SQL text', `await ${raw}.sql\`SELECT 1\`.execute(db);`, 1],
  ])('that asks for %s', async (_, step, asked) => {
    await using place = await engine.open();
    const scripts = historyWith(place, step, "op.addColumn('builds', column('more', t.text()));");
    const { driver, counts } = countingInspections(place.driver);
    await upgrade({ driver, scripts }, 'head', { backup: false });
    // SQLite's rebuilds go by what is known: there it is always looked at again.
    expect(counts.inspections).toBe(1 + (engine.dialect === 'sqlite' ? 1 : asked));
  });
});
