import { ArtifactBuild, Compose, Event } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event } from './rows.ts';

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
