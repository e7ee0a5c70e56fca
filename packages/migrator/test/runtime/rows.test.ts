import { upgrade } from '../../src/commands/upgrade.ts';
import type { MigrationEvent } from '../../src/runtime/events.ts';
import { chain } from './history.ts';
import { startProcess } from './migrate-process.ts';
import { engines, type Place, sqlite } from './place.ts';

async function migrate(place: Place, ...ups: readonly string[]): Promise<MigrationEvent[]> {
  const events: MigrationEvent[] = [];
  const history = chain(...ups.map((up, at) => [`aaaa0${at}`, up] as const));
  const listener = (event: MigrationEvent) => void events.push(event);
  await upgrade({ driver: place.driver, scripts: place.scripts(history), listener });
  return events;
}

describe.each(engines)('$name: bulkInsert', (engine) => {
  test('takes more rows than a statement takes parameters', async () => {
    await using place = await engine.open();
    await migrate(
      place,
      `op.createTable('many', [column('id', t.integer(), { primaryKey: true }), column('a', t.integer()), column('b', t.text())]);
       op.bulkInsert('many', Array.from({ length: 50000 }, (_, at) => ({ id: at, a: at % 7, b: 'row ' + at })));`,
    );
    const [row] = await place.query(
      "SELECT count(*) AS n, sum(a) AS a, count(CASE WHEN b = 'row ' || id THEN 1 END) AS b FROM many",
    );
    expect(Object.values(row ?? {}).map(Number)).toEqual([50_000, 149_997, 50_000]);
  });

  test.each(['serial', 'identity'])(
    'goes on counting behind the numbers that rows give: %s',
    async (counts) => {
      await using place = await engine.open();
      await migrate(
        place,
        `op.createTable("A t'", [column('The id', t.bigInteger(), { primaryKey: true, autoincrement: '${counts}' }), column('a', t.text()), column('doc', t.json()), column('n', t.numeric())]);
       op.bulkInsert("A t'", [{ 'The id': 7, a: 'one', doc: 9, n: 20 }, { 'The id': 3n, a: 'two', doc: {}, n: 1 }, { a: 'three' }]);`,
        `op.bulkInsert("A t'", [{ 'The id': 2, a: 'four' }, { a: 'five' }]);`,
      );
      await place.query(`INSERT INTO "A t'" (a) VALUES ('six')`);
      const rows = await place.query<{ id: unknown; a: string }>(
        `SELECT "The id" AS id, a FROM "A t'" ORDER BY 1`,
      );
      expect(rows.map(({ id, a }) => [Number(id), a])).toEqual([
        [2, 'four'],
        [3, 'two'],
        [7, 'one'],
        [8, 'three'],
        [9, 'five'],
        [10, 'six'],
      ]);
    },
  );

  test('leaves a column that a row does not give to its default, and takes every kind of value', async () => {
    await using place = await engine.open();
    await migrate(
      place,
      `op.createTable('sundry', [column('id', t.integer(), { primaryKey: true }), column('a', t.text(), { serverDefault: 'dflt' }),
         column('yes', t.boolean()), column('at', t.dateTime()), column('doc', t.json()), column('bytes', t.binary())]);
       op.bulkInsert('sundry', [{ id: 1, a: "it's" }, { id: 2 }, { id: 3, a: null, yes: true, at: new Date('2026-01-02T03:04:05.678Z'),
         doc: { a: [1] }, bytes: Buffer.from([0, 255]) }]);
       op.bulkInsert('sundry', []);`,
    );
    const text = engine.dialect === 'sqlite' ? 'at' : "to_char(at, 'YYYY-MM-DD HH24:MI:SS.US')";
    const bytes = engine.dialect === 'sqlite' ? 'hex(bytes)' : "encode(bytes, 'hex')";
    expect(
      await place.query(`SELECT id, a, ${text} AS at, ${bytes} AS bytes FROM sundry ORDER BY id`),
    ).toEqual([
      { id: 1, a: "it's", at: null, bytes: engine.dialect === 'sqlite' ? '' : null },
      { id: 2, a: 'dflt', at: null, bytes: engine.dialect === 'sqlite' ? '' : null },
      {
        id: 3,
        a: null,
        at: '2026-01-02 03:04:05.678000',
        bytes: engine.dialect === 'sqlite' ? '00FF' : '00ff',
      },
    ]);
    const doc = engine.dialect === 'sqlite' ? "doc ->> '$.a[0]'" : "doc #>> '{a,0}'";
    const yes = engine.dialect === 'sqlite' ? 'yes = 1' : 'yes';
    expect(
      await place.query(`SELECT 1 AS found FROM sundry WHERE ${yes} AND CAST(${doc} AS TEXT) = '1'`),
    ).toHaveLength(1);
  });
});

/** What a walk gives, batch by batch. */
async function walk(place: Place, table: string, rows: string, options: string): Promise<unknown[]> {
  const collected: unknown[] = [];
  (globalThis as { runtimeTestBatch?: (rows: unknown) => void }).runtimeTestBatch = (batch) =>
    collected.push(batch);
  await migrate(
    place,
    `${table} ${rows}`,
    `op.run(async (db, context) => {
      for await (const batch of context.batches('walked', ${options})) globalThis.runtimeTestBatch(batch.map((row) => row.mark));
    });`,
  );
  return collected;
}

describe.each(engines)('$name: batches', (engine) => {
  const byId = `op.createTable('walked', [column('id', t.integer(), { primaryKey: true }), column('mark', t.integer()), column('other', t.integer())]);`;

  test('walk by the primary key, and tell how far they are', async () => {
    await using place = await engine.open();
    const rows = `op.bulkInsert('walked', [5, 3, 1, 4, 2].map((id) => ({ id, mark: id })));`;
    expect(await walk(place, byId, rows, '{ size: 2 }')).toEqual([[1, 2], [3, 4], [5]]);
    await using other = await engine.open();
    const events = await migrate(
      other,
      `${byId} ${rows} op.run(async (db, context) => { for await (const _ of context.batches('walked', { size: 2, where: 'id > 1' })); });`,
    );
    expect(events.filter((event) => event.type === 'progress')).toEqual([
      { type: 'progress', message: 'Rows of "walked"', done: 2, total: 4 },
      { type: 'progress', message: 'Rows of "walked"', done: 4, total: 4 },
    ]);
  });

  test.each([
    ['an empty table', byId, '', '{}', []],
    [
      'a last batch that is full',
      byId,
      `op.bulkInsert('walked', [{ id: 1, mark: 1 }, { id: 2, mark: 2 }]);`,
      '{ size: 2 }',
      [[1, 2]],
    ],
    [
      'a key of several columns',
      `op.createTable('walked', [column('a', t.integer()), column('b', t.text()), column('mark', t.integer()), op.primaryKey(['a', 'b'])]);`,
      `op.bulkInsert('walked', [[1, 'x', 1], [1, "y'", 2], [2, '', 3], [2, 'x', 4]].map(([a, b, mark]) => ({ a, b, mark })));`,
      '{ size: 1 }',
      [[1], [2], [3], [4]],
    ],
    [
      'a unique key instead of the primary one',
      `op.createTable('walked', [column('id', t.integer(), { primaryKey: true }), column('code', t.string(9), { unique: true, nullable: false }), column('mark', t.integer())]);`,
      `op.bulkInsert('walked', [[1, 'c', 3], [2, 'a', 1], [3, 'b', 2]].map(([id, code, mark]) => ({ id, code, mark })));`,
      "{ size: 1, order: ['code'] }",
      [[1], [2], [3]],
    ],
    [
      'whole numbers beyond what JavaScript counts',
      `op.createTable('walked', [column('id', t.bigInteger(), { primaryKey: true, autoincrement: false }), column('mark', t.integer())]);`,
      `op.execute('INSERT INTO walked VALUES (9007199254740993, 1), (9007199254740994, 2), (9007199254740995, 3), (-9223372036854775808, 0)');`,
      '{ size: 1 }',
      [[0], [1], [2], [3]],
    ],
    [
      'names that need quotes',
      `op.createTable('walked', [column('the "Key"', t.text(), { primaryKey: true }), column('mark', t.integer())]);`,
      `op.bulkInsert('walked', [{ 'the "Key"': 'ä', mark: 2 }, { 'the "Key"': 'a', mark: 1 }]);`,
      '{ size: 1 }',
      [[1], [2]],
    ],
  ])('give every row once: %s', async (_, table, rows, options, expected) => {
    await using place = await engine.open();
    expect(await walk(place, table, rows, options)).toEqual(expected);
  });

  test.each([
    [
      'a table without a primary key',
      `op.createTable('walked', [column('mark', t.integer())]);`,
      '{}',
      'has no primary key',
    ],
    ['an order that is not unique', byId, "{ order: ['mark'] }", 'does not tell all rows'],
    [
      'a key that holds NULL',
      `op.createTable('walked', [column('mark', t.integer(), { unique: true })]); op.bulkInsert('walked', [{ mark: null }, { mark: 1 }]);`,
      "{ order: ['mark'] }",
      '1 row(s) of "walked" hold NULL',
    ],
  ])('refuse %s', async (_, table, options, message) => {
    await using place = await engine.open();
    await expect(walk(place, table, '', options)).rejects.toMatchObject({
      message: expect.stringContaining(message),
    });
  });

  test('take the memory of one batch, however big the table is', async () => {
    await using place = await engine.open();
    const numbers =
      engine.dialect === 'sqlite'
        ? 'WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 20000) SELECT id, hex(zeroblob(4000)) FROM n'
        : "SELECT id, repeat('0', 8000) FROM generate_series(1, 20000) id";
    const history = chain(
      [
        'aaaa01',
        `op.createTable('walked', [column('id', t.integer(), { primaryKey: true }), column('text', t.text())]);`,
      ],
      ['aaaa02', `op.execute(${JSON.stringify(`INSERT INTO walked ${numbers}`)});`],
      [
        'aaaa03',
        `op.run(async (db, context) => {
          let seen = 0;
          for await (const rows of context.batches('walked', { size: 500 })) seen += rows.length;
          context.log('seen ' + seen);
        });`,
      ],
    );
    // 160 MB of text do not fit into it.
    const heap = '--max-old-space-size=64';
    const { ended } = startProcess(
      { settings: place.settings, ...place.scripts(history) },
      { wrap: ([node = '', ...args]) => [node, heap, ...args] },
    );
    const { code, output } = await ended;
    expect(output).toContain('log: seen 20000');
    expect(code).toBe(0);
  });
});

test('a query that was not awaited is refused once its step is over, and commits nothing', async () => {
  await using place = await sqlite.open();
  await migrate(place, `op.createTable('t', [column('a', t.integer())]);`);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  (globalThis as { runtimeTestLate?: (late: Promise<unknown>) => void }).runtimeTestLate = (late) =>
    resolve(late.catch((error: unknown) => error));
  await migrate(
    place,
    `op.createTable('t', [column('a', t.integer())]);`,
    `op.run(async (db) => {
      const later = new Promise((resolve) => setTimeout(resolve, 20)).then(() => db.insertInto('t').values({ a: 1 }).execute());
      globalThis.runtimeTestLate(later);
    });`,
  );
  expect(await promise).toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringContaining('after the step had ended'),
  });
  expect(await place.query('SELECT * FROM t')).toEqual([]);
});

test.each(engines)(
  '$name: the default of a truth value follows it when it becomes a number, and back',
  async (engine) => {
    await using place = await engine.open();
    const create = `op.createTable('flags', [column('id', t.integer(), { primaryKey: true }),
    column('on', t.boolean(), { serverDefault: true, nullable: false }), column('off', t.boolean(), { serverDefault: false })]);
    op.bulkInsert('flags', [{ id: 1 }]);`;
    const toNumbers =
      "op.alterColumn('flags', 'on', { type: t.integer() }); op.alterColumn('flags', 'off', { type: t.numeric(2, 0) });";
    await migrate(place, create, `${toNumbers} op.bulkInsert('flags', [{ id: 2 }]);`);
    const read = () =>
      place.query('SELECT CAST("on" AS INTEGER) AS a, CAST("off" AS INTEGER) AS b FROM flags ORDER BY id');
    expect(await read()).toEqual([
      { a: 1, b: 0 },
      { a: 1, b: 0 },
    ]);
    const back =
      "op.alterColumn('flags', 'on', { type: t.boolean() }); op.alterColumn('flags', 'off', { type: t.boolean() });";
    await migrate(
      place,
      create,
      `${toNumbers} op.bulkInsert('flags', [{ id: 2 }]);`,
      `${back} op.bulkInsert('flags', [{ id: 3 }]);`,
    );
    expect((await read())[2]).toEqual({ a: 1, b: 0 });
  },
);
