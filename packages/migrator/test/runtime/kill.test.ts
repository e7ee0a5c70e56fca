import { upgrade } from '../../src/commands/upgrade.ts';
import { deathsOf } from './deaths.ts';
import { chain } from './history.ts';
import { migrateInProcess, startProcess } from './migrate-process.ts';
import { contentsOf, type Engine, engines, hasCheckpoint, type Place, sqlite, versionsOf } from './place.ts';

/** Everything a revision can be: structure, a rebuild on SQLite, rows, batches, steps outside a transaction. */
const history = chain(
  [
    'aaaa01',
    `op.createTable('parents', [column('id', t.integer(), { primaryKey: true }), column('name', t.string(20))]);
    op.createTable('children', [column('id', t.integer(), { primaryKey: true }), column('parent_id', t.integer()),
      op.foreignKey(['parent_id'], 'parents', ['id'], { onDelete: 'CASCADE' })]);
    op.bulkInsert('parents', Array.from({ length: 9 }, (_, at) => ({ id: at + 1, name: 'parent ' + at })));
    op.bulkInsert('children', Array.from({ length: 9 }, (_, at) => ({ id: at + 1, parent_id: at + 1 })));`,
  ],
  [
    'aaaa02',
    `op.alterColumn('parents', 'name', { type: t.string(40), nullable: false });
    op.addColumn('parents', column('rank', t.integer(), { nullable: false, serverDefault: 0 }));
    op.run(async (db, context) => {
      for await (const rows of context.batches('parents', { size: 4 }))
        for (const { id } of rows) await db.updateTable('parents').set({ rank: id * 10 }).where('id', '=', id).execute();
    });`,
  ],
  [
    'aaaa03',
    `op.createIndex('idx_children_parent', 'children', ['parent_id'], { concurrently: true });
    op.addColumn('children', column('seen', t.integer(), { nullable: false, serverDefault: 0 }));
    op.run(async (db, context) => {
      for await (const rows of context.batches('children', { size: 3 }))
        await db.updateTable('children').set((eb) => ({ seen: eb('seen', '+', 1) }))
          .where('id', 'in', rows.map((row) => row.id)).execute();
    }, { transactional: false });
    op.alterColumn('children', 'parent_id', { nullable: false, concurrently: true });`,
  ],
  [
    'aaaa04',
    `op.dropColumn('parents', 'rank', { allowDataLoss: true }); op.execute('DELETE FROM children WHERE id > 5');`,
  ],
);

/** What each revision leaves, made one by one and never interrupted. */
async function reference(engine: Engine): Promise<Map<string, unknown>> {
  await using place = await engine.open();
  const context = { driver: place.driver, scripts: place.scripts(history) };
  const contents = new Map<string, unknown>([['', await contentsOf(place)]]);
  for (const { revision } of history) {
    await upgrade(context, revision);
    contents.set(revision, await contentsOf(place));
  }
  return contents;
}

/** How many statements there are to die at. */
async function boundariesOf(engine: Engine): Promise<number> {
  await using place = await engine.open();
  const order = { settings: place.settings, ...place.scripts(history), options: { backup: false } };
  return (await migrateInProcess(order)).boundaries ?? 0;
}

/** At one recorded revision with its schema and rows, or half way through one that takes several transactions. */
async function expectWhole(place: Place, contents: ReadonlyMap<string, unknown>): Promise<void> {
  const versions = await versionsOf(place);
  expect(versions.length).toBeLessThan(2);
  if (!(await hasCheckpoint(place))) {
    expect(await contentsOf(place)).toEqual(contents.get(versions[0] ?? ''));
    return;
  }
  expect(versions).toEqual(['aaaa02']);
  // Each batch is done or not, never twice.
  const seen = await place.query<{ seen?: number }>('SELECT * FROM children ORDER BY id');
  const counts = seen.map((row) => row.seen ?? 0);
  expect(counts).toEqual(counts.toSorted((left, right) => right - left));
  expect(Math.max(...counts)).toBeLessThan(2);
  expect(counts.filter((count) => count === 1).length % 3).toBe(0);
}

async function expectNextRunGoesOn(place: Place, contents: ReadonlyMap<string, unknown>): Promise<void> {
  const { current } = await upgrade({ driver: place.driver, scripts: { directory: place.folder } }, 'head', {
    backup: false,
  });
  expect(current).toEqual(['aaaa04']);
  expect(await hasCheckpoint(place)).toBe(false);
  expect(await contentsOf(place)).toEqual(contents.get('aaaa04'));
}

/** Does the same for many numbers, two at a time: there are two processors. */
async function forEach(numbers: readonly number[], work: (number: number) => Promise<void>): Promise<void> {
  const left = [...numbers];
  const worker = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift()) await work(number);
  };
  await Promise.all([worker(), worker()]);
}

/** Jest prints what is asserted last; this says which of many deaths it was. */
async function naming(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Where one dies is a matter of the migrator, not of the version of the server: of the others some places are enough. */
const firstOfEach = engines.filter(
  ({ dialect }, at) => engines.findIndex((each) => each.dialect === dialect) === at,
);

const logged: Engine = {
  ...sqlite,
  name: 'sqlite with write-ahead logging',
  async open() {
    const place = await sqlite.open();
    await place.query('PRAGMA journal_mode = WAL');
    return place;
  },
};

describe.each([...firstOfEach, logged])('$name', (engine) => {
  test('dead at every statement, it has left the database whole and the next run goes on', async () => {
    const contents = await reference(engine);
    let deaths = 0;
    for await (const place of deathsOf(engine, history)) {
      deaths++;
      await naming(`dead at statement ${deaths}`, async () => {
        await expectWhole(place, contents);
        await expectNextRunGoesOn(place, contents);
      });
    }
    expect(deaths).toBe(await boundariesOf(engine));
    expect(deaths).toBeGreaterThan(100);
  }, 600_000);
});

describe.each(engines)('$name', (engine) => {
  test('killed at statements here and there, the same', async () => {
    const contents = await reference(engine);
    const boundaries = await boundariesOf(engine);
    const first = Math.floor(Math.random() * 16);
    const numbers = Array.from({ length: boundaries }, (_, at) => at + 1).filter((at) => at % 16 === first);
    await forEach(numbers, (killAt) =>
      naming(`killed at boundary ${killAt}`, async () => {
        await using place = await engine.open();
        const order = {
          settings: place.settings,
          ...place.scripts(history),
          options: { backup: false },
          killAt,
        };
        expect(await migrateInProcess(order)).toMatchObject({ signal: 'SIGKILL' });
        await expectWhole(place, contents);
        await expectNextRunGoesOn(place, contents);
      }),
    );
  });

  test('killed at any moment, the same', async () => {
    const contents = await reference(engine);
    await forEach([1, 2, 3, 4], (number) =>
      naming(`random death ${number}`, async () => {
        await using place = await engine.open();
        const { child, ended, said } = startProcess({
          settings: place.settings,
          ...place.scripts(history),
          options: { backup: false },
        });
        await said('statement:');
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
        child.kill('SIGKILL');
        await ended;
        await expectWhole(place, contents);
        await expectNextRunGoesOn(place, contents);
      }),
    );
  });
});
