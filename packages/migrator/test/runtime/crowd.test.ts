import { chain } from './history.ts';
import { migrateInProcess, type Outcome } from './migrate-process.ts';
import { hasPgBouncer, startPgBouncer } from './pgbouncer.ts';
import { engines, newFolder, type Place, placeOf, postgresql, versionsOf } from './place.ts';
import { startUpgrade } from './start-upgrade.ts';

const PROCESSES = 10;

const history = chain(
  [
    'aaaa01',
    `op.createTable('parents', [column('id', t.integer(), { primaryKey: true })]);
    op.bulkInsert('parents', [{ id: 1 }, { id: 2 }]);`,
  ],
  [
    'aaaa02',
    `op.createTable('children', [column('id', t.integer(), { primaryKey: true }), column('parent_id', t.integer()),
    op.foreignKey(['parent_id'], 'parents', ['id'], { onDelete: 'CASCADE' })]);
    op.bulkInsert('children', [{ id: 1, parent_id: 1 }, { id: 2, parent_id: 2 }]);`,
  ],
  [
    'aaaa03',
    `op.addColumn('parents', column('state', t.integer(), { nullable: false, serverDefault: 0 }));
    op.run(async (db) => { await db.updateTable('parents').set((eb) => ({ state: eb('state', '+', 1) })).execute(); });`,
  ],
  ['aaaa04', `op.alterColumn('parents', 'state', { type: t.string(20) });`],
  [
    'aaaa05',
    `op.createIndex('idx_children_parent', 'children', ['parent_id'], { concurrently: true });
    op.run(async (db, context) => {
      for await (const rows of context.batches('parents', { size: 1 }))
        await db.updateTable('parents').set((eb) => ({ state: eb('state', '||', '!') }))
          .where('id', 'in', rows.map((row) => row.id)).execute();
    }, { transactional: false });`,
  ],
);

/** Each revision once, by somebody, and nobody complains. */
function expectOneOfEach(outcomes: readonly Outcome[]): void {
  expect(outcomes.map(({ code, error, output }) => (code === 0 ? 0 : (error?.message ?? output)))).toEqual(
    outcomes.map(() => 0),
  );
  const applied = outcomes.flatMap(({ result }) => result?.applied.map((each) => each.revision) ?? []);
  expect(applied.toSorted()).toEqual(history.map((each) => each.revision));
}

async function expectMigrated(place: Place): Promise<void> {
  expect(await versionsOf(place)).toEqual(['aaaa05']);
  expect(await place.query('SELECT state FROM parents ORDER BY id')).toEqual([
    { state: '1!' },
    { state: '1!' },
  ]);
  expect(await place.query('SELECT id, parent_id FROM children ORDER BY id')).toEqual([
    { id: 1, parent_id: 1 },
    { id: 2, parent_id: 2 },
  ]);
}

describe.each(engines)('$name', (engine) => {
  test(`${PROCESSES} processes at once apply each revision once`, async () => {
    await using place = await engine.open();
    const order = { settings: place.settings, ...place.scripts(history) };
    const outcomes = await Promise.all(Array.from({ length: PROCESSES }, () => migrateInProcess(order)));
    expectOneOfEach(outcomes);
    for (const { result } of outcomes) expect(result?.current).toEqual(['aaaa05']);
    await expectMigrated(place);
  });
});

// Where a pooler lends connections per transaction, and lends fewer than there are processes.
(hasPgBouncer ? describe : describe.skip).each(postgresql.slice(0, 1))('$name behind PgBouncer', (engine) => {
  test(`${PROCESSES} processes at once apply each revision once`, async () => {
    await using place = await engine.open();
    await using pooler = await startPgBouncer(place.settings, 4);
    const order = { settings: pooler.settings(place.settings), ...place.scripts(history) };
    const outcomes = await Promise.all(Array.from({ length: PROCESSES }, () => migrateInProcess(order)));
    expectOneOfEach(outcomes);
    await expectMigrated(place);
    // Nothing that was set for one transaction stays on a connection that others are lent.
    const settings = await place.query<{ name: string }>(
      "SELECT name FROM pg_settings WHERE name = 'lock_timeout' AND setting <> '0'",
    );
    expect(settings).toEqual([]);
  });

  test('an interrupt and a lock in the way are told by its own session, not by another', async () => {
    await using place = await engine.open();
    await using pooler = await startPgBouncer(place.settings, 4);
    await using pooled = placeOf(pooler.settings(place.settings), newFolder(), async () => undefined);
    await startUpgrade(pooled, history.slice(0, 1)).done;
    const indexed = [
      ...history.slice(0, 1),
      {
        revision: 'bbbb02',
        down: 'aaaa01',
        up: "op.createIndex('idx', 'parents', ['id'], { concurrently: true });",
      },
    ];
    await place.withSession(async (session) => {
      await session.query("SET application_name = 'somebody'");
      await session.query('BEGIN');
      await session.query('DELETE FROM parents');
      const failed = startUpgrade(pooled, indexed, { timeoutSeconds: 1 });
      await expect(failed.done).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
        facts: { holder: { application: 'somebody' } },
      });
      const abort = new AbortController();
      const stopped = startUpgrade(pooled, indexed, {}, abort.signal);
      await stopped.told(/"somebody"/);
      abort.abort();
      await expect(stopped.done).rejects.toMatchObject({ code: 'INTERRUPTED' });
      // Whoever else is connected has not been disturbed.
      expect((await session.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      await session.query('ROLLBACK');
    });
    expect((await startUpgrade(pooled, indexed).done).current).toEqual(['bbbb02']);
  });
});
