import { Event, User } from '@freshmaker/models';
import { createTestDatabase, describeEngines, type TestDatabase, useTestDatabase } from '../../src/index.ts';

/** What a test would find wrong with a database that another test has used. */
async function stateOf(db: Pick<TestDatabase, 'em' | 'messages' | 'metrics' | 'clock' | 'factories'>) {
  const rows = await db.em().find(Event, {}, { orderBy: { id: 'asc' } });
  return {
    rows: rows.map(({ id, messageId }) => [id, messageId]),
    users: (await db.em().find(User, {})).map(({ id, username }) => [id, username]),
    messages: db.messages.length,
    metrics: db.metrics.all(),
    now: db.clock.now().toISOString(),
  };
}

const clean = {
  rows: [],
  users: [[1, 'tester1']],
  messages: 0,
  metrics: {},
  now: '2017-08-21T13:42:20.000Z',
};

async function leaveTraces(db: Pick<TestDatabase, 'factories' | 'clock' | 'em'>) {
  const make = db.factories();
  const event = await make.event();
  await make.user();
  await event.transition('complete', 'done');
  db.clock.advance({ days: 1 });
  return event;
}

describeEngines('isolation: reset', ({ engine }) => {
  const db = useTestDatabase({ engine, user: 'tester1' });

  test.each([1, 2, 3])('test %i finds a clean database, and ids count from 1', async () => {
    expect(await stateOf(db)).toEqual(clean);
    const event = await leaveTraces(db);
    expect([event.id, event.messageId]).toEqual([1, 'message-1']);
    expect((await stateOf(db)).messages).toBe(2);
  });

  test('a transaction that a test has left open is gone after it (first half)', async () => {
    const em = db.em();
    await em.begin();
    em.create(User, { username: 'never committed' });
    await em.flush();
  });

  test('a transaction that a test has left open is gone after it (second half)', async () => {
    expect(await stateOf(db)).toEqual(clean);
    await db.factories().user({ username: 'never committed' });
  });

  const changes = [
    'ALTER TABLE events ADD COLUMN left_behind integer',
    'CREATE TABLE left_behind (id integer)',
    'DROP TABLE artifact_build_composes',
    'CREATE VIEW left_behind AS SELECT 1 AS one',
  ];
  // Another PGlite takes seconds to start.
  test.each(engine === 'pglite' ? changes.slice(0, 1) : changes)(
    'a test may change the schema: %s (first half)',
    async (sql) => {
      await db.em().execute(sql);
      expect(await stateOf(db)).toEqual(clean);
    },
  );

  test('a test may change the schema (second half)', async () => {
    const make = db.factories();
    await make.link(await make.build(), await make.compose());
    await expect(db.em().execute('SELECT * FROM left_behind')).rejects.toThrow();
    await expect(db.em().execute('SELECT left_behind FROM events')).rejects.toThrow();
  });

  test('fresh() begins anew in the middle of a test', async () => {
    const { orm } = db;
    await leaveTraces(db);
    await db.fresh();
    expect(await stateOf(db)).toEqual(clean);
    expect((await leaveTraces(db)).id).toBe(1);
    expect(db.orm).toBe(orm);
  });

  test('rows are really deleted, whatever refers to them', async () => {
    const make = db.factories();
    const [, , last] = await make.chain(['ed', 'mksh', 'runtime']);
    await make.link(last as NonNullable<typeof last>, await make.compose());
    await db.fresh();
    expect(await db.em().execute('SELECT id FROM artifact_builds')).toEqual([]);
  });
});

describeEngines('isolation: transaction', ({ engine }) => {
  const db = useTestDatabase({ engine, isolation: 'transaction', user: 'tester1' });

  test.each([1, 2])('test %i finds a clean database', async () => {
    expect(await stateOf(db)).toEqual(clean);
    await leaveTraces(db);
  });

  test('commits are commits to the code under test: its messages leave', async () => {
    await leaveTraces(db);
    expect(db.messages.map(({ topic }) => topic)).toEqual(['event.state.changed', 'event.state.changed.min']);
  });

  test('a transaction that fails takes back its own rows only', async () => {
    await db.factories().event({ messageId: 'kept' });
    const failing = db.em().transactional(async (em) => {
      await db.factories(em).event({ messageId: 'gone' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await stateOf(db)).rows.map(([, messageId]) => messageId)).toEqual(['kept']);
  });

  test('a statement that fails outside a transaction spoils nothing', async () => {
    await expect(db.em().execute('SELECT * FROM not_there')).rejects.toThrow();
    await db.factories().event({ messageId: 'after' });
    expect((await stateOf(db)).rows).toHaveLength(1);
  });

  test('a unique violation can be recovered from', async () => {
    await db.factories().event({ messageId: 'same' });
    await expect(db.factories().event({ messageId: 'same' })).rejects.toThrow(/unique/i);
    expect((await stateOf(db)).rows).toHaveLength(1);
  });
});

describeEngines('isolation: none', ({ engine }) => {
  const db = useTestDatabase({ engine, isolation: 'none' });

  test.each([1, 2, 3])('test %i finds what the others have left', async (number) => {
    await db.factories().event();
    expect(await db.em().count(Event)).toBe(number);
  });
});

describeEngines('databases', ({ engine }) => {
  test('that are open at the same time share nothing', async () => {
    await using one = await createTestDatabase({ engine });
    await using two = await createTestDatabase({ engine });
    await one.factories().event();
    one.clock.advance(1000);
    expect(await two.em().count(Event)).toBe(0);
    expect(two.clock.now()).not.toEqual(one.clock.now());
    expect(one.orm).not.toBe(two.orm);
  });

  test('that follow one another share the ORM, and nothing that was done with it', async () => {
    const first = await createTestDatabase({ engine });
    await leaveTraces(first);
    first.replace({ now: () => new Date(0) });
    await first[Symbol.asyncDispose]();
    await using second = await createTestDatabase({ engine });
    expect(second.orm).toBe(first.orm);
    expect(await stateOf(second)).toEqual({ ...clean, users: [] });
    expect((await second.factories().event()).timeCreated?.toISOString()).toBe(clean.now);
  });

  test('may be given back twice', async () => {
    const db = await createTestDatabase({ engine });
    await db[Symbol.asyncDispose]();
    await db[Symbol.asyncDispose]();
  });

  test('with the schema of the entities have its tables, and no version table', async () => {
    await using db = await createTestDatabase({ engine, schema: 'entities' });
    const event = await db.factories().event();
    expect(event.id).toBe(1);
    await expect(db.em().execute('SELECT * FROM alembic_version')).rejects.toThrow();
  });

  test('are at the head of the history', async () => {
    await using db = await createTestDatabase({ engine });
    expect(await db.em().execute('SELECT version_num FROM alembic_version')).toHaveLength(1);
  });
});
