import { ArtifactBuild, Event } from '@freshmaker/models';
import { createTestDatabase, describeEngines, TestingError, useTestDatabase } from '../../src/index.ts';

describeEngines('what a test sees', ({ engine }) => {
  const db = useTestDatabase({ engine });

  test('statements are counted and listed, transaction control is not', async () => {
    const em = db.em();
    expect(await db.countStatements(() => em.find(Event, {}))).toBe(1);
    const statements = await db.statements(() =>
      em.transactional(async (inner) => {
        await inner.execute('SELECT 1 AS one');
        await inner.count(ArtifactBuild);
      }),
    );
    expect(statements).toHaveLength(2);
    expect(statements[0]).toBe('SELECT 1 AS one');
    expect(await db.countStatements(() => undefined)).toBe(0);
  });

  test('statements that Kysely runs beside the ORM count, too', async () => {
    const kysely = db.em().getKysely();
    const count = await db.countStatements(() =>
      (kysely as unknown as { selectFrom(table: string): { selectAll(): { execute(): Promise<unknown> } } })
        .selectFrom('events')
        .selectAll()
        .execute(),
    );
    expect(count).toBe(1);
  });

  test('a failing count ends the counting', async () => {
    await expect(db.countStatements(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await db.countStatements(() => db.em().count(Event))).toBe(1);
  });

  test('messages, counters and time of the models', async () => {
    const event = await db.factories().event();
    db.clock.set('2020-02-02T02:02:02Z');
    const risen = await db.metrics.difference(() => event.transition('failed', 'why'));
    expect(risen).toEqual({ freshmaker_event_failed: 1 });
    expect(db.messages).toMatchObject([
      {
        topic: 'event.state.changed',
        payload: { state_name: 'FAILED', url: 'http://localhost:5001/api/1/events/1' },
      },
      { topic: 'event.state.changed.min', payload: { time_done: '2020-02-02T02:02:02Z' } },
    ]);
  });

  test('a publisher can be replaced by one that reads what was committed', async () => {
    const seen: (number | undefined)[] = [];
    const event = await db.factories().event();
    db.replace({
      publish: async () => {
        seen.push((await db.em().findOne(Event, { id: event.id }))?.state);
      },
    });
    await event.transition('complete');
    expect(seen).toEqual([2, 2]);
  });

  test('the state of composes is what the test says', async () => {
    const compose = await db.factories().compose({ odcsComposeId: 7 });
    expect(await compose.finished()).toBe(false);
    db.replace({ composeState: async (id) => (id === 7 ? 'done' : null) });
    expect(await compose.finished()).toBe(true);
  });

  test('the migrator runs on the database', async () => {
    const { current } = await import('@freshmaker/migrator/engine');
    const { migrationsDirectory } = await import('@freshmaker/models/migrations');
    const document = await current({ scripts: { directory: migrationsDirectory }, driver: db.driver });
    expect(document.current).toMatchObject([{ isHead: true }]);
  });
});

test('what a seed writes is there in every test', async () => {
  await using db = await createTestDatabase({
    seed: (em) => void Event.create(em, 'seeded', 'key', 3),
    now: new Date('2001-01-01T00:00:00Z'),
    environment: { urlFor: () => 'there' },
  });
  await db.fresh();
  const event = await db.em().findOneOrFail(Event, { messageId: 'seeded' });
  expect(event.timeCreated?.toISOString()).toBe('2001-01-01T00:00:00.000Z');
  expect(await event.json()).toMatchObject({ url: 'there' });
  expect((await db.factories().event()).id).toBe(2);
});

test.each([
  [{ engine: 'mysql' as 'sqlite' }, /no engine "mysql"[\s\S]*sqlite, pglite, postgresql/],
  [{ isolation: 'some' as 'none' }, /no isolation "some"/],
  [{ schema: 'python' as 'entities' }, /no schema "python"/],
  [{ entities: [], schema: 'migrations' as const }, /no migrations/],
  [{ entities: [], user: 'tester1' }, /option `user`/],
  [{ engine: 'pglite' as const, file: true }, /PGlite is in this process alone[\s\S]*postgresql/],
])('%j is refused with what to do', async (options, message) => {
  const refused = createTestDatabase(options);
  await expect(refused).rejects.toThrow(TestingError);
  await expect(refused).rejects.toThrow(message);
});

test('a database that is not there yet says so', () => {
  const hooks = { beforeAll() {}, beforeEach() {}, afterEach() {}, afterAll() {} };
  const db = useTestDatabase({ hooks });
  expect(() => db.em()).toThrow(/db.em is used while there is no database/);
});
