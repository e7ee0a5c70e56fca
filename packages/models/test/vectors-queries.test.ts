import { Event, EventDependency } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event, ids } from './rows.ts';

describe.each(engines)('queries over events on $name', (engine) => {
  const database = useDatabase(engine);

  test('P31 getUnreleased', async () => {
    const em = database.current.em();
    await event(em, 'm1', 'k', 3, { state: 'complete', released: false });
    await event(em, 'm2', 'k', 3, { state: 'complete', released: true });
    await event(em, 'm3', 'k', 3, { state: 'skipped', released: false });
    await event(em, 'm4', 'k', 3, { state: 'skipped', released: true });
    const old = await event(em, 'm5', 'k', 3, { state: 'complete' });
    old.released = null;
    await em.flush();
    expect(ids(await Event.getUnreleased(em))).toEqual([1]);
    expect(ids(await Event.getUnreleased(em, []))).toEqual([1]);
    expect(ids(await Event.getUnreleased(em, [4]))).toEqual([3]);
    expect(ids(await Event.getUnreleased(em, ['SKIPPED', 2]))).toEqual([1, 3]);
  });

  test('lookups are exact', async () => {
    const em = database.current.em();
    await event(em, 'm1', 'k', 3);
    expect((await Event.get(em, 'm1'))?.id).toBe(1);
    expect(await Event.get(em, 'M1')).toBeNull();
    expect((await Event.getByEventId(em, 1))?.messageId).toBe('m1');
    expect(await Event.getByEventId(em, 2)).toBeNull();
  });

  test('P32 findDependentEvents', async () => {
    const em = database.current.em();
    const rows = [
      ['initialized', false, false, [1, 2, 3, 4]],
      ['building', false, false, [2, 5, 6]],
      ['complete', false, false, [2, 4, 7, 8]],
      ['failed', false, false, [3]],
      ['building', false, true, [4, 4]],
      ['complete', true, false, []],
    ] as const;
    for (const [index, [state, released, manual, builds]] of rows.entries()) {
      const created = await event(em, `m${index + 1}`, 'k', 8, { state, released, manual });
      for (const number of builds) {
        await build(em, created, `build-${number}`, 'image');
      }
    }
    const first = await database.current.em().findOneOrFail(Event, 1);
    expect(ids(await first.findDependentEvents())).toEqual([2, 3]);
    const pairs = async () =>
      (await database.current.em().findAll(EventDependency, { orderBy: { id: 'asc' } })).map((row) => [
        row.event.id,
        row.eventDependency.id,
      ]);
    expect(await pairs()).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect(ids(await first.findDependentEvents())).toEqual([2, 3]);
    const second = await database.current.em().findOneOrFail(Event, 2);
    expect(ids(await second.findDependentEvents())).toEqual([1, 3]);
    expect(await pairs()).toEqual([
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 3],
    ]);
    const last = await database.current.em().findOneOrFail(Event, 6);
    expect(await last.findDependentEvents()).toEqual([]);
  });

  test('findDependentEvents ignores other types and null flags, and commits even without a find', async () => {
    const em = database.current.em();
    const own = await event(em, 'm1', 'k', 8);
    await build(em, own, 'a', 'rpm');
    const module = await event(em, 'm2', 'k', 8, { released: false });
    await build(em, module, 'a', 'module');
    const old = await event(em, 'm3', 'k', 8, { released: false });
    await build(em, old, 'a', 'image');
    old.manualTriggered = null;
    await em.flush();
    own.stateReason = 'pending';
    expect(await own.findDependentEvents()).toEqual([]);
    expect((await database.current.em().findOneOrFail(Event, 1)).stateReason).toBe('pending');
    old.manualTriggered = false;
    await em.flush();
    expect(ids(await own.findDependentEvents())).toEqual([3]);
  });

  test('P33 adding a dependency', async () => {
    const em = database.current.em();
    const one = await event(em, 'm1', 'k', 3);
    const two = await event(em, 'm2', 'k', 3);
    const row = await one.addEventDependency(two);
    expect(row).toMatchObject({ event: { id: 1 }, eventDependency: { id: 2 } });
    expect(await one.addEventDependency(two)).toBeNull();
    expect(await database.current.em().count(EventDependency)).toBe(0);
    await em.flush();
    expect(row?.id).toBe(1);
    expect(await one.addEventDependency(two)).toBeNull();
    expect([ids(await one.eventDependencies()), ids(await one.dependingEvents())]).toEqual([[2], []]);
    expect([ids(await two.eventDependencies()), ids(await two.dependingEvents())]).toEqual([[], [1]]);
    expect(await two.addEventDependency(one)).not.toBeNull();
    expect(await one.addEventDependency(one)).toBeNull();
    await em.flush();
    expect(await database.current.em().count(EventDependency)).toBe(2);
  });

  test('dependencies are in the order in which they were added; unflushed events are flushed first', async () => {
    const em = database.current.em();
    const [one, two, three] = ['m1', 'm2', 'm3'].map((id) => Event.create(em, id, 'k', 3)) as [
      Event,
      Event,
      Event,
    ];
    await one.addEventDependency(three);
    await em.flush();
    await one.addEventDependency(two);
    expect(ids(await one.eventDependencies())).toEqual([three.id, two.id]);
    await em.flush();
    expect(ids(await (await database.current.em().findOneOrFail(Event, one.id)).eventDependencies())).toEqual(
      [three.id, two.id],
    );
    expect((await one.json()).depends_on_events).toEqual([three.id, two.id]);
  });

  test('getArtifactBuildFromEventDependencies', async () => {
    const em = database.current.em();
    const [one, two, three] = [
      await event(em, 'm1', 'k', 3),
      await event(em, 'm2', 'k', 3),
      await event(em, 'm3', 'k', 3),
    ];
    expect(await one.getArtifactBuildFromEventDependencies('a-1-1')).toBeNull();
    await one.addEventDependency(three);
    await one.addEventDependency(two);
    await em.flush();
    await build(em, two, 'a', 'image', { originalNvr: 'a-1-1', state: 'done' });
    await build(em, three, 'a', 'image', { originalNvr: 'a-1-1', state: 'failed' });
    await build(em, three, 'a', 'image', { state: 'done' });
    expect(ids((await one.getArtifactBuildFromEventDependencies('a-1-1')) ?? [])).toEqual([1]);
    await build(em, three, 'a', 'module', { originalNvr: 'a-1-1', state: 'done' });
    await build(em, three, 'a2', 'image', { originalNvr: 'a-1-1', state: 'done' });
    expect(ids((await one.getArtifactBuildFromEventDependencies('a-1-1')) ?? [])).toEqual([4, 5]);
    expect(await one.getArtifactBuildFromEventDependencies('b-1-1')).toBeNull();
    expect(await one.getArtifactBuildFromEventDependencies(null)).toBeNull();
  });

  test('getImageBuildsInFirstBatch', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const first = await build(em, parent, 'a', 'image', { state: 'failed' });
    await build(em, parent, 'b', 'image', { depOn: first });
    await build(em, parent, 'c', 'module');
    await build(em, parent, 'd', 'image');
    expect(ids(await parent.getImageBuildsInFirstBatch())).toEqual([1, 4]);
  });
});
