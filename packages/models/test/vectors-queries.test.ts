import {
  ArtifactBuild,
  ArtifactBuildCompose,
  Compose,
  commitOnSuccess,
  Event,
  EventDependency,
  User,
} from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event, ids } from './rows.ts';

describe.each(engines)('JSON on $name', (engine) => {
  const database = useDatabase(engine);

  test('P28 jsonMin', async () => {
    const em = database.current.em();
    const parent = await event(em, 'test_msg_id5', 'RHSA-2017-289', 3);
    const ed = await build(em, parent, 'ed', 'module', { buildId: 1234, state: 'failed' });
    await build(em, parent, 'mksh', 'module', { buildId: 1235, depOn: ed });
    const common = {
      dry_run: false,
      event_type_id: 3,
      id: 1,
      message_id: 'test_msg_id5',
      requester: null,
      search_key: 'RHSA-2017-289',
      state: 0,
      state_name: 'INITIALIZED',
      state_reason: null,
      time_created: '2017-08-21T13:42:20Z',
      time_done: null,
      url: 'http://localhost:5001/api/1/events/1',
      requested_rebuilds: [],
      requester_metadata: {},
      depending_events: [],
      depends_on_events: [],
    };
    expect(await parent.jsonMin()).toEqual({ ...common, builds_summary: { BUILD: 1, FAILED: 1, total: 2 } });
    const again = await database.current.em().findOneOrFail(Event, 1);
    expect(await again.jsonMin()).toEqual(await parent.jsonMin());
    const childless = await event(em, 'm2', 'k', 3);
    expect((await childless.jsonMin()).builds_summary).toEqual({ total: 0 });
  });

  test('jsonMin counts builds as the unit of work sees them', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const ed = await build(em, parent, 'ed', 'module');
    await ed.transition('done');
    expect((await parent.jsonMin()).builds_summary).toEqual({ total: 1, DONE: 1 });
    expect((await (await database.current.em().findOneOrFail(Event, 1)).jsonMin()).builds_summary).toEqual({
      total: 1,
      BUILD: 1,
    });
  });

  test('P29 build JSON', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', '12345', 13);
    const first = await build(em, parent, 'parent-container', 'image', { state: 'done' });
    const child = await build(em, parent, 'child-container', 'image', {
      depOn: first,
      state: 'planned',
      originalNvr: 'child-container-3-4',
      rebuildReason: 1,
    });
    child.buildArgs = '{"key": "value"}';
    const compose = em.create(Compose, { odcsComposeId: 77 });
    await em.flush();
    await child.addComposes([compose]);
    const expected = {
      id: 2,
      name: 'child-container',
      original_nvr: 'child-container-3-4',
      rebuilt_nvr: null,
      type: 1,
      type_name: 'IMAGE',
      state: 4,
      state_name: 'PLANNED',
      state_reason: null,
      dep_on: 'parent-container',
      dep_on_id: 1,
      time_submitted: '2017-08-21T13:42:20Z',
      time_completed: null,
      event_id: 1,
      build_id: null,
      url: 'http://localhost:5001/api/1/builds/2',
      build_args: { key: 'value' },
      odcs_composes: [77],
      rebuild_reason: 'directly_affected',
    };
    expect(await child.json()).toEqual(expected);
    await em.flush();
    const cold = await database.current.em().findOneOrFail(ArtifactBuild, 2);
    const json = await cold.json();
    expect(json).toEqual(expected);
    expect(Object.keys(json)).toEqual(Object.keys(expected));
    expect(await first.json()).toMatchObject({
      dep_on: null,
      dep_on_id: null,
      build_args: {},
      odcs_composes: [],
      rebuild_reason: 'unknown',
    });
    expect(await cold.json({ urlFor: (kind, id) => `/api/1/${kind}s/${id}` })).toMatchObject({
      url: '/api/1/builds/2',
    });
  });

  test('P30 event JSON with dependencies', async () => {
    const em = database.current.em();
    const one = await event(em, 'm1', 'k', 3);
    const two = await event(em, 'm2', 'k', 3);
    await one.addEventDependency(two);
    const expected = [
      { id: 1, depends_on_events: [2], depending_events: [], builds: [] },
      { id: 2, depends_on_events: [], depending_events: [1], builds: [] },
    ];
    expect([await one.json(), await two.json()]).toMatchObject(expected);
    await em.flush();
    const fresh = await database.current.em().findAll(Event, { orderBy: { id: 'asc' } });
    const json = await Promise.all(fresh.map((each) => each.json()));
    expect(json).toMatchObject(expected);
    expect(json[0]).not.toHaveProperty('builds_summary');
    expect(Object.keys(json[0] ?? {})).toEqual([
      'id',
      'message_id',
      'search_key',
      'event_type_id',
      'state',
      'state_name',
      'state_reason',
      'time_created',
      'time_done',
      'url',
      'dry_run',
      'requester',
      'requested_rebuilds',
      'requester_metadata',
      'depends_on_events',
      'depending_events',
      'builds',
    ]);
  });

  test('damaged rows are shown, with a warning', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 1024);
    await build(em, parent, 'ed', 'image');
    await em.execute(
      "update events set state = 77, requester_metadata = '{broken', requested_rebuilds = '  a  b\t', released = null, dry_run = null, manual_triggered = null, time_created = null",
    );
    await em.execute(
      "update artifact_builds set state = 78, type = null, rebuild_reason = 79, build_args = 'broken'",
    );
    if (engine.dialect === 'sqlite') {
      await em.execute("update artifact_builds set time_submitted = 'yesterday'");
    }
    const read = await database.current.em().findOneOrFail(Event, 1);
    expect(await read.json()).toMatchObject({
      state: 77,
      state_name: null,
      requester_metadata: {},
      requested_rebuilds: ['a', 'b'],
      dry_run: null,
      time_created: null,
      builds: [
        {
          type: null,
          type_name: null,
          state: 78,
          state_name: null,
          rebuild_reason: 'unknown',
          build_args: {},
          ...(engine.dialect === 'sqlite' ? { time_submitted: null } : {}),
        },
      ],
    });
    expect((await read.jsonMin()).builds_summary).toEqual({ total: 1, 78: 1 });
    expect(recorder.log.filter((line) => line.startsWith('warn'))).toEqual([
      'warn: requester_metadata of event 1 is not valid JSON; it is shown as {}.',
      'warn: build_args of build 1 is not valid JSON; it is shown as {}.',
      'warn: requester_metadata of event 1 is not valid JSON; it is shown as {}.',
    ]);
    expect(String(read)).toBe('<UnknownEventType 1024, search_key=k>');
    expect(read.eventType).toBeUndefined();
    expect(await read.transition('failed', 'damaged')).toBe(true);
  });

  test.each([
    ['{"a": [1, null]}', { a: [1, null] }],
    ['[1]', [1]],
    ['"text"', 'text'],
    ['0', 0],
    ['', {}],
    [null, {}],
  ])('requester_metadata %p is shown as %p', async (text, shown) => {
    const created = await event(database.current.em(), 'm1', 'k', 3, { requesterMetadata: text });
    expect((await created.json()).requester_metadata).toEqual(shown);
  });

  test('works on events and builds that are not flushed yet', async () => {
    const em = database.current.em();
    const parent = Event.create(em, 'm1', 'k', 3);
    ArtifactBuild.create(em, parent, 'ed', 'image');
    expect(await parent.json()).toMatchObject({
      id: 1,
      url: 'http://localhost:5001/api/1/events/1',
      builds: [{ name: 'ed' }],
    });
  });

  test('seconds are cut off, not rounded', async () => {
    database.current.recorder.now = new Date('2017-08-21T13:42:20.999Z');
    const created = await event(database.current.em(), 'm1', 'k', 3);
    expect((await created.json()).time_created).toBe('2017-08-21T13:42:20Z');
  });
});

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

describe.each(engines)('composes, ids, overrides, users on $name', (engine) => {
  const database = useDatabase(engine);

  test('P34 links and lowest ids', async () => {
    const em = database.current.em();
    expect([await ArtifactBuild.getLowestBuildId(em), await Compose.getLowestComposeId(em)]).toEqual([0, 0]);
    const composes = [];
    for (const odcsComposeId of [-1, 2, 3, 4]) {
      composes.push(em.create(Compose, { odcsComposeId }));
      await em.flush();
    }
    const [c1, c2, c3, c4] = composes as [Compose, Compose, Compose, Compose];
    const b1 = await build(em, null, 'b1', 'image', { buildId: 3 });
    const b2 = await build(em, null, 'b2', 'image', { buildId: -2 });
    const b3 = await build(em, null, 'b3', 'image');
    await b1.addComposes([c1, c2, c3]);
    await b2.addComposes([c2, c4]);
    await em.flush();
    const fresh = database.current.em();
    const links = await fresh.findAll(ArtifactBuildCompose, { orderBy: { build: 'asc', compose: 'asc' } });
    expect(links.map((link) => [link.build.id, link.compose.id])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 2],
      [2, 4],
    ]);
    const read = await fresh.findOneOrFail(Compose, 2, { populate: ['builds.build'] });
    expect(ids(read.builds.getItems().map((link) => link.build)).sort()).toEqual([1, 2]);
    expect((await b3.json()).odcs_composes).toEqual([]);
    expect((await b1.json()).odcs_composes).toEqual([-1, 2, 3]);
    expect([await ArtifactBuild.getLowestBuildId(em), await Compose.getLowestComposeId(em)]).toEqual([
      -2, -1,
    ]);
  });

  test.each([
    [[null, null], 0],
    [[5, 9], 5],
    [[5, null, -7], -7],
  ])('P34 lowest of the build ids %p is %p', async (buildIds, lowest) => {
    const em = database.current.em();
    for (const buildId of buildIds) {
      await build(em, null, 'b', 'image', { buildId });
    }
    expect(await ArtifactBuild.getLowestBuildId(em)).toBe(lowest);
  });

  test('P35 adding composes twice', async () => {
    const em = database.current.em();
    const owner = await build(em, null, 'b', 'image');
    const c1 = em.create(Compose, { odcsComposeId: 1 });
    const c2 = em.create(Compose, { odcsComposeId: 2 });
    await owner.addComposes([c1]);
    await owner.addComposes([c1, c2]);
    await em.flush();
    await owner.addComposes([c1, c2]);
    await em.flush();
    expect(await database.current.em().count(ArtifactBuildCompose)).toBe(2);
    expect((await owner.json()).odcs_composes).toEqual([1, 2]);
  });

  test('composesReady asks until one is not finished', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const owner = await build(em, null, 'b', 'image');
    expect(await owner.composesReady()).toBe(true);
    await owner.addComposes([await Compose.getOrCreate(em, 1), await Compose.getOrCreate(em, 2)]);
    await em.flush();
    recorder.composeStates = { 1: 'done', 2: 'generating' };
    expect(await owner.composesReady()).toBe(false);
    recorder.composeStates = { 1: 'done', 2: 'done' };
    expect(await owner.composesReady()).toBe(true);
    recorder.composeStates = { 1: 'done' };
    expect(await owner.composesReady()).toBe(false);
    expect(await (await Compose.get(em, 1))?.finished()).toBe(true);
  });

  test('P36 rebuilt NVRs', async () => {
    const em = database.current.em();
    const one = await event(em, 'm1', '12345', 3);
    const rows = [
      ['foo', 'done', 1, 'foo-2-20'],
      ['bar', 'done', 1, 'bar-3-30'],
      ['bar', 'done', 1, 'bar-3-30'],
      ['null', 'done', 1, null],
      ['dep', 'done', 2, 'dep-1-1'],
      ['qux', 'failed', 1, 'qux-1-11'],
    ] as const;
    for (const [name, state, rebuildReason, originalNvr] of rows) {
      await build(em, one, name, 'image', { state, rebuildReason, originalNvr });
    }
    const get = (key: string, direct?: boolean) =>
      ArtifactBuild.getRebuiltOriginalNvrsBySearchKey(em, key, direct);
    expect(await get('12345')).toEqual(['bar-3-30', 'foo-2-20']);
    expect(await get('12345', false)).toEqual(['bar-3-30', 'dep-1-1', 'foo-2-20']);
    expect(await get('nope')).toEqual([]);
  });

  test('P37 pullspec overrides', async () => {
    const em = database.current.em();
    const owner = await build(em, null, 'b', 'image');
    const value = { update: 'u', pullspec_replacements: [{ pinned: true, new: 'n', original: 'o' }] };
    owner.bundlePullspecOverrides = value;
    await em.flush();
    const read = await database.current.em().findOneOrFail(ArtifactBuild, 1);
    expect(read.bundlePullspecOverrides).toEqual(value);
    expect(read.bundlePullspecOverridesText).toBe(
      '{"pullspec_replacements":[{"new":"n","original":"o","pinned":true}],"update":"u"}',
    );
    owner.bundlePullspecOverrides = {};
    expect([owner.bundlePullspecOverridesText, owner.bundlePullspecOverrides]).toEqual(['{}', {}]);
    owner.bundlePullspecOverrides = null;
    expect([owner.bundlePullspecOverridesText, owner.bundlePullspecOverrides]).toEqual([null, null]);
    await em.flush();
    await em.execute("update artifact_builds set bundle_pullspec_overrides = ''");
    expect((await database.current.em().findOneOrFail(ArtifactBuild, 1)).bundlePullspecOverrides).toBeNull();
  });

  test('P38 users', async () => {
    const em = database.current.em();
    expect(await User.findUserByName(em, 'nobody')).toBeNull();
    expect((await User.findUserByName(em, 'tester1'))?.id).toBe(1);
    expect(await User.findUserByName(em, 'Tester1')).toBeNull();
    expect((await User.getOrCreate(em, 'tester1')).id).toBe(1);
    expect((await User.getOrCreate(em, 'new')).id).toBe(2);
    expect((await User.findUserByName(database.current.em(), 'new'))?.id).toBe(2);
  });

  test('P38 commitOnSuccess', async () => {
    const em = database.current.em();
    const seven = await commitOnSuccess(em, (inner) => {
      User.createUser(inner, 'one');
      return 7;
    });
    expect(seven).toBe(7);
    const failure = new Error('E');
    await expect(
      commitOnSuccess(em, async (inner) => {
        User.createUser(inner, 'two');
        await inner.flush();
        throw failure;
      }),
    ).rejects.toBe(failure);
    await expect(
      commitOnSuccess(em, () => {
        throw 'not even an error';
      }),
    ).rejects.toBe('not even an error');
    await expect(
      commitOnSuccess(em, (inner) => {
        User.createUser(inner, 'three');
        User.createUser(inner, 'tester1');
      }),
    ).rejects.toThrow(/unique/i);
    const names = (await database.current.em().findAll(User)).map(({ username }) => username);
    expect(names.sort()).toEqual(['one', 'tester1']);
  });
});
