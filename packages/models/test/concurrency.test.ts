import { setTimeout as pause } from 'node:timers/promises';
import { ArtifactBuild, ArtifactBuildCompose, Compose, Event, EventDependency, User } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event, ids } from './rows.ts';

describe.each(engines)('many at once on $name', (engine) => {
  const database = useDatabase(engine);
  const eight = Array.from({ length: 8 }, (_, number) => number);

  test('get the same event of a message', async () => {
    const found = await Promise.all(
      eight.map((number) => Event.getOrCreate(database.current.em(), 'm1', `key ${number}`, 3)),
    );
    expect(new Set(ids(found)).size).toBe(1);
    expect(new Set(found.map(({ searchKey }) => searchKey)).size).toBe(1);
    expect(await database.current.em().count(Event)).toBe(1);
  });

  test('get the same event of a message from different processes', async () => {
    const other = await database.current.connectAgain();
    const found = await Promise.all(
      eight.map((number) =>
        Event.getOrCreateFromEvent((number % 2 ? other : database.current.orm).em.fork(), {
          msgId: 'm1',
          searchKey: 'k',
          eventType: 3,
        }),
      ),
    );
    await other.close();
    expect(new Set(ids(found)).size).toBe(1);
  });

  test('get the same compose and the same user', async () => {
    const composes = await Promise.all(eight.map(() => Compose.getOrCreate(database.current.em(), 5)));
    const users = await Promise.all(eight.map(() => User.getOrCreate(database.current.em(), 'first log-in')));
    expect([new Set(ids(composes)).size, new Set(ids(users)).size]).toEqual([1, 1]);
  });
});

describe.each(engines.filter(({ dialect }) => dialect === 'postgresql'))(
  'open transactions on $name',
  (engine) => {
    const database = useDatabase(engine);

    /** Whether a promise is still pending after the server had time to answer. */
    async function waits(work: Promise<unknown>): Promise<boolean> {
      const late = Symbol('late');
      return (await Promise.race([work.catch(() => {}), pause(300, late)])) === late;
    }

    test('a second getOrCreate waits for the first, and gets its event', async () => {
      const first = database.current.em();
      await first.begin();
      const winner = await Event.getOrCreate(first, 'm1', 'winner', 3);
      const second = Event.getOrCreate(database.current.em(), 'm1', 'loser', 3);
      expect(await waits(second)).toBe(true);
      await first.commit();
      expect(await second).toMatchObject({ id: winner.id, searchKey: 'winner' });
    });

    test('a second getOrCreate creates the event when the first is rolled back', async () => {
      const first = database.current.em();
      await first.begin();
      await Event.getOrCreate(first, 'm1', 'rolled back', 3);
      const second = Event.getOrCreate(database.current.em(), 'm1', 'second', 3);
      expect(await waits(second)).toBe(true);
      await first.rollback();
      expect(await second).toMatchObject({ searchKey: 'second' });
      expect(await database.current.em().count(Event)).toBe(1);
    });

    test('getOrCreate that loses leaves its own transaction usable', async () => {
      await event(database.current.em(), 'm0', 'k', 3);
      await database.current.em().transactional(async (em) => {
        const mine = Event.create(em, 'mine', 'k', 3);
        expect(await Event.get(em, 'm1')).toBeNull();
        await event(database.current.em(), 'm1', 'of another', 3);
        expect((await Event.getOrCreate(em, 'm1', 'x', 3)).searchKey).toBe('of another');
        await mine.addEventDependency(await em.findOneOrFail(Event, { messageId: 'm0' }));
      });
      expect(await database.current.em().count(EventDependency)).toBe(1);
    });

    test('the same dependency from two processes is one row, and no error', async () => {
      for (const id of ['m1', 'm2', 'm3']) {
        await event(database.current.em(), id, 'k', 3);
      }
      const add = async (order: readonly number[]) => {
        const em = database.current.em();
        const one = await em.findOneOrFail(Event, 1);
        const rows = [];
        for (const id of order) {
          rows.push(await one.addEventDependency(await em.findOneOrFail(Event, id)));
        }
        return { em, rows };
      };
      const units = await Promise.all([add([2, 3]), add([3, 2]), add([2, 3]), add([3, 2])]);
      expect(units.every(({ rows }) => rows.every((row) => row !== null))).toBe(true);
      await Promise.all(units.map(({ em }) => em.flush()));
      const stored = await database.current.em().findAll(EventDependency);
      expect(stored.map((row) => row.eventDependency.id).sort()).toEqual([2, 3]);
      for (const { rows } of units) {
        expect(ids(rows as EventDependency[]).sort()).toEqual(ids(stored).sort());
      }
    });

    test('a dependency that waits for another transaction is there when that one is rolled back', async () => {
      for (const id of ['m1', 'm2']) {
        await event(database.current.em(), id, 'k', 3);
      }
      const [first, second] = [database.current.em(), database.current.em()];
      await first.begin();
      for (const em of [first, second]) {
        await (await em.findOneOrFail(Event, 1)).addEventDependency(await em.findOneOrFail(Event, 2));
      }
      await first.flush();
      const flushed = second.flush();
      expect(await waits(flushed)).toBe(true);
      await first.rollback();
      await flushed;
      expect(await database.current.em().count(EventDependency)).toBe(1);
    });

    test('the same compose linked by two processes is one link', async () => {
      await build(database.current.em(), null, 'a', 'image');
      await Compose.getOrCreate(database.current.em(), 7);
      const units = await Promise.all(
        [1, 2, 3].map(async () => {
          const em = database.current.em();
          const owner = await em.findOneOrFail(ArtifactBuild, 1);
          await owner.addComposes([await em.findOneOrFail(Compose, 1)]);
          return em;
        }),
      );
      await Promise.all(units.map((em) => em.flush()));
      expect(await database.current.em().count(ArtifactBuildCompose)).toBe(1);
    });

    test('findDependentEvents in both directions at once', async () => {
      for (const id of ['m1', 'm2']) {
        const em = database.current.em();
        await build(em, await event(em, id, 'k', 8, { released: false }), 'same', 'image');
      }
      const find = async (id: number) =>
        (await database.current.em().findOneOrFail(Event, id)).findDependentEvents();
      const found = await Promise.all([find(1), find(2), find(1), find(2)]);
      expect(found.map(ids)).toEqual([[2], [1], [2], [1]]);
      expect(await database.current.em().count(EventDependency)).toBe(2);
    });

    test('messages of two transactions leave each with its own commit', async () => {
      const { recorder } = database.current;
      await build(database.current.em(), null, 'a', 'image');
      await build(database.current.em(), null, 'b', 'image');
      const open = async (id: number) => {
        const em = database.current.em();
        await em.begin();
        await (await em.findOneOrFail(ArtifactBuild, id)).transition('done');
        await em.flush();
        return em;
      };
      const [a, b] = [await open(1), await open(2)];
      await b.commit();
      expect(recorder.messages.map(({ payload }) => payload.name)).toEqual(['b']);
      await a.rollback();
      expect(recorder.messages).toHaveLength(1);
    });
  },
);
