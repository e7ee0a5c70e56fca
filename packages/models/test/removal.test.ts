import {
  ArtifactBuild,
  ArtifactBuildCompose,
  Compose,
  clearDatabase,
  Event,
  EventDependency,
  User,
} from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event, ids } from './rows.ts';

describe.each(engines)('removing on $name', (engine) => {
  const database = useDatabase(engine);

  /** Event 1 with builds a ← b and composes, event 2 with build c ← a, dependencies in both directions. */
  async function fill(): Promise<void> {
    const em = database.current.em();
    const one = await event(em, 'm1', 'k', 3);
    const two = await event(em, 'm2', 'k', 3);
    const a = await build(em, one, 'a', 'image');
    const b = await build(em, one, 'b', 'image', { depOn: a });
    await build(em, two, 'c', 'image', { depOn: b });
    a.depOn = b;
    const compose = await Compose.getOrCreate(em, 7);
    await a.addComposes([compose]);
    await b.addComposes([compose]);
    await one.addEventDependency(two);
    await two.addEventDependency(one);
    await em.flush();
  }

  const rows = async () => {
    const em = database.current.em();
    return {
      events: ids(await em.findAll(Event, { orderBy: { id: 'asc' } })),
      builds: (await em.findAll(ArtifactBuild, { orderBy: { id: 'asc' } })).map(
        ({ name, depOn }) => [name, depOn?.id ?? null] as const,
      ),
      links: await em.count(ArtifactBuildCompose),
      dependencies: await em.count(EventDependency),
      composes: await em.count(Compose),
    };
  };

  const withoutFirst = { events: [2], builds: [['c', null]], links: 0, dependencies: 0, composes: 1 };

  test('an event takes its builds, dependency rows and links; builds of others let go', async () => {
    await fill();
    const em = database.current.em();
    em.remove(await em.findOneOrFail(Event, 1));
    await em.flush();
    expect(await rows()).toEqual(withoutFirst);
  });

  test('also when the unit of work holds all of them, with changes', async () => {
    await fill();
    const em = database.current.em();
    const one = await em.findOneOrFail(Event, 1, { populate: ['builds.composes'] });
    const [a, b, c] = await em.findAll(ArtifactBuild, { orderBy: { id: 'asc' } });
    await em.findAll(EventDependency);
    if (a && b && c) {
      a.stateReason = 'changed';
      c.stateReason = 'changed as well';
      em.remove(one);
      await em.flush();
      expect(c.depOn).toBeNull();
      expect(c.stateReason).toBe('changed as well');
    }
    expect(await rows()).toEqual(withoutFirst);
    await em.flush();
    expect(await rows()).toEqual(withoutFirst);
  });

  test('in an explicit transaction, which may be rolled back', async () => {
    await fill();
    const before = await rows();
    await database.current
      .em()
      .transactional(async (em) => {
        em.remove(await em.findOneOrFail(Event, 1));
        await em.flush();
        throw new Error('no');
      })
      .catch(() => {});
    expect(await rows()).toEqual(before);
    await database.current.em().transactional(async (em) => em.remove(await em.findOneOrFail(Event, 1)));
    expect(await rows()).toEqual(withoutFirst);
  });

  test('a build takes its links, and its children let go', async () => {
    await fill();
    const em = database.current.em();
    em.remove(await em.findOneOrFail(ArtifactBuild, 2));
    await em.flush();
    expect(await rows()).toEqual({
      events: [1, 2],
      builds: [
        ['a', null],
        ['c', null],
      ],
      links: 1,
      dependencies: 2,
      composes: 1,
    });
  });

  test.each([
    [
      'taken out of the collection of its event',
      async (one: Event, b: ArtifactBuild) => {
        await one.builds.init();
        one.builds.remove(b);
      },
    ],
    [
      'whose event is set to null',
      async (_one: Event, b: ArtifactBuild) => {
        b.event = null;
      },
    ],
    [
      'whose event is set to null while the collection is loaded',
      async (one: Event, b: ArtifactBuild) => {
        await one.builds.init();
        b.event = null;
      },
    ],
  ])('a build %s is removed', async (_how, take) => {
    await fill();
    const em = database.current.em();
    const b = await em.findOneOrFail(ArtifactBuild, 2);
    await take(await em.findOneOrFail(Event, 1), b);
    await em.flush();
    expect(await rows()).toMatchObject({
      builds: [
        ['a', null],
        ['c', null],
      ],
      links: 1,
    });
  });

  test('a build that goes to another event stays; one without an event can be created and described', async () => {
    await fill();
    const em = database.current.em();
    const b = await em.findOneOrFail(ArtifactBuild, 2);
    b.event = await em.findOneOrFail(Event, 2);
    const lone = await build(em, null, 'lone', 'image');
    expect(String(lone)).toBe('<ArtifactBuild lone, type IMAGE, state BUILD, event null>');
    expect((await rows()).builds.map(([name]) => name)).toEqual(['a', 'b', 'c', 'lone']);
    em.remove(await em.findOneOrFail(Event, 1));
    await em.flush();
    expect((await rows()).builds.map(([name]) => name)).toEqual(['b', 'c', 'lone']);
  });

  test('takes a constant number of statements', async () => {
    const count = async (size: number) => {
      await database.current.reset();
      const em = database.current.em();
      const parent = await event(em, 'm1', 'k', 3);
      for (let index = 0; index < size; index += 1) {
        ArtifactBuild.create(em, parent, `b${index}`, 'image');
      }
      await em.flush();
      return database.current.countStatements(async (fresh) => {
        fresh.remove(await fresh.findOneOrFail(Event, 1));
        await fresh.flush();
      });
    };
    expect([await count(2), await count(50)]).toEqual([6, 6]);
  });

  test('many builds at once, chained', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    let previous: ArtifactBuild | null = null;
    for (let index = 0; index < 700; index += 1) {
      previous = ArtifactBuild.create(em, parent, `b${index}`, 'image', { depOn: previous });
    }
    await em.flush();
    const fresh = database.current.em();
    for (const each of await fresh.findAll(ArtifactBuild)) {
      fresh.remove(each);
    }
    await fresh.flush();
    expect(await rows()).toMatchObject({ events: [1], builds: [] });
  });

  test('clearDatabase keeps the users', async () => {
    await fill();
    await clearDatabase(database.current.em());
    expect(await rows()).toEqual({ events: [], builds: [], links: 0, dependencies: 0, composes: 0 });
    expect(await database.current.em().count(User)).toBe(1);
    await clearDatabase(database.current.em());
  });
});
