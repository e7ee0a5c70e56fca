import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Event, EventState, EventType, eventTypeId, eventTypeName } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { frozen } from './recorder.ts';
import { build, event } from './rows.ts';

const TestingEvent = EventType.TestingEvent;

test('P06 event type table', () => {
  const names = Object.keys(EventType);
  expect(names).toHaveLength(19);
  expect(names.map((name) => eventTypeId({ name }))).toEqual(names.map((_, index) => index));
  expect(names.map((_, index) => eventTypeName(index))).toEqual(names);
  expect(EventType.MBSModuleStateChangeEvent).toBe(0);
  expect(EventType.ErrataRPMAdvisoryShippedEvent).toBe(8);
  expect(EventType.ManualRebuildWithAdvisoryEvent).toBe(13);
  expect(EventType.FlatpakApplicationManualBuildEvent).toBe(18);
  expect(eventTypeName(1024)).toBeUndefined();
});

describe.each(engines)('events on $name', (engine) => {
  const database = useDatabase(engine);

  test('P04 get or create from a domain event', async () => {
    const domainEvent = {
      msgId: 'msg-1',
      searchKey: 'msg-1',
      eventType: 'TestingEvent',
      manual: false,
      dryRun: false,
    };
    const em = database.current.em();
    const first = await Event.getOrCreateFromEvent(em, domainEvent);
    const second = await Event.getOrCreateFromEvent(em, domainEvent);
    expect([first.id, second.id]).toEqual([1, 1]);
    expect(await database.current.em().findAll(Event)).toMatchObject([
      { id: 1, messageId: 'msg-1', eventTypeId: 3, timeCreated: frozen, released: true },
    ]);
  });

  test('P05 event with two builds', async () => {
    const em = database.current.em();
    const parent = await event(em, 'test_msg_id', 'RHSA-2017-284', TestingEvent);
    const ed = await build(em, parent, 'ed', 'module', { buildId: 1234, rebuildReason: 1 });
    await build(em, parent, 'mksh', 'module', { buildId: 1235, depOn: ed, rebuildReason: 2 });
    const read = await database.current
      .em()
      .findOneOrFail(Event, 1, { populate: ['builds'], populateOrderBy: { builds: { id: 'asc' } } });
    expect(read.eventType).toBe('TestingEvent');
    expect(read.builds.getItems()).toMatchObject([
      { name: 'ed', type: 2, state: 0, buildId: 1234, depOn: null, rebuildReason: 1 },
      { name: 'mksh', type: 2, state: 0, buildId: 1235, depOn: { name: 'ed' }, rebuildReason: 2 },
    ]);
  });

  test.each([
    [TestingEvent, '<TestingEvent, search_key=test>'],
    [1024, '<UnknownEventType 1024, search_key=test>'],
  ])('P07 short text of an event of type %s', async (type, text) => {
    expect(String(await event(database.current.em(), 'x', 'test', type))).toBe(text);
  });

  test('P08 an existing event is returned unchanged', async () => {
    const em = database.current.em();
    await event(em, 'm1', '12345', 13, { requester: 'alice' });
    const again = await Event.getOrCreate(database.current.em(), 'm1', 'zzz', 3, {
      released: false,
      requester: 'bob',
    });
    expect(again).toMatchObject({
      id: 1,
      searchKey: '12345',
      eventTypeId: 13,
      requester: 'alice',
      released: true,
    });
    expect(await database.current.em().count(Event)).toBe(1);
  });

  test('P09 a duplicate message id is refused', async () => {
    await event(database.current.em(), 'm1', 'first', 3);
    const em = database.current.em();
    Event.create(em, 'm1', 'k', 3);
    await expect(em.flush()).rejects.toThrow(UniqueConstraintViolationException);
    expect(await database.current.em().findAll(Event)).toMatchObject([{ id: 1, searchKey: 'first' }]);
  });

  test('P10 a manual rebuild from a domain event', async () => {
    const created = await Event.getOrCreateFromEvent(database.current.em(), {
      msgId: 'x2',
      searchKey: '55',
      eventType: 13,
      manual: true,
      requester: 'r',
      containerImages: ['a-1-1', 'b-1-1'],
      requesterMetadata: { z: 1, a: [2] },
    });
    const read = await database.current.em().findOneOrFail(Event, created.id);
    expect(read).toMatchObject({
      requestedRebuilds: 'a-1-1 b-1-1',
      manualTriggered: true,
      released: true,
      requester: 'r',
    });
    expect(await read.json()).toMatchObject({
      requested_rebuilds: ['a-1-1', 'b-1-1'],
      requester_metadata: { z: 1, a: [2] },
    });
  });

  test.each([EventState.COMPLETE, 2, 'complete'])('P13 transition to %p', async (state) => {
    const em = database.current.em();
    const created = await event(em, 'm1', 'k', 3);
    expect(await created.transition(state as number, 'reason')).toBe(true);
    expect(await database.current.em().findOneOrFail(Event, 1)).toMatchObject({
      state: 2,
      stateReason: 'reason',
      timeDone: frozen,
    });
  });

  test('P14 BUILDING', async () => {
    const { recorder } = database.current;
    const created = await event(database.current.em(), 'm1', 'k', 3);
    expect(await created.transition('building')).toBe(true);
    expect(created).toMatchObject({ timeDone: null, stateReason: null });
    expect(recorder.topics()).toEqual(['event.state.changed', 'event.state.changed.min']);
    expect(recorder.messages[0]?.payload).toMatchObject({ builds: [], state_name: 'BUILDING' });
    expect(recorder.messages[1]?.payload).toMatchObject({
      builds_summary: { total: 0 },
      state_name: 'BUILDING',
    });
    expect(recorder.counts()).toEqual({});
  });

  test('P15 same state', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const created = await event(em, 'm1', 'k', 3);
    expect(await created.transition('initialized', 'r')).toBe(false);
    expect(created).toMatchObject({ stateReason: 'r', timeDone: null });
    expect(recorder.messages).toEqual([]);
    expect(recorder.counts()).toEqual({});
    expect(recorder.log).toEqual(['info: Event <Event m1, TestingEvent, k> moved to state INITIALIZED, "r"']);
    expect((await database.current.em().findOneOrFail(Event, 1)).stateReason).toBeNull();
    await em.flush();
    expect((await database.current.em().findOneOrFail(Event, 1)).stateReason).toBe('r');
    expect(recorder.messages).toEqual([]);
  });

  test('P16 a null reason keeps the old one', async () => {
    const created = await event(database.current.em(), 'm1', 'k', 3);
    await created.transition('failed', 'why');
    await created.transition('building');
    expect(created.stateReason).toBe('why');
    await created.transition('complete', '');
    expect((await database.current.em().findOneOrFail(Event, 1)).stateReason).toBe('');
  });

  test.each(['complete', 'failed', 'skipped', 'canceled'] as const)(
    'P17 time and counter of %s',
    async (state) => {
      const created = await event(database.current.em(), 'm1', 'k', 3);
      await created.transition(state);
      expect(created.timeDone).toEqual(frozen);
      expect(database.current.recorder.counts()).toEqual({ [`freshmaker_event_${state}`]: 1 });
    },
  );

  test('P18 messages leave after the commit', async () => {
    const { recorder } = database.current;
    const created = await event(database.current.em(), 'm1', 'k', 3);
    const seen: number[] = [];
    recorder.onPublish = async () => {
      seen.push((await database.current.em().findOneOrFail(Event, 1)).state);
    };
    await created.transition('complete');
    expect(seen).toEqual([2, 2]);
  });

  test('P19 any state may follow any', async () => {
    const { recorder } = database.current;
    const created = await event(database.current.em(), 'm1', 'k', 3);
    await created.transition('complete');
    recorder.now = new Date('2017-08-21T13:50:00Z');
    expect(await created.transition('canceled', 'y')).toBe(true);
    expect(created.timeDone).toEqual(new Date('2017-08-21T13:50:00Z'));
    expect(recorder.counts()).toEqual({ freshmaker_event_complete: 1, freshmaker_event_canceled: 1 });
    recorder.now = new Date('2017-08-21T14:00:00Z');
    expect(await created.transition('building')).toBe(true);
    expect(created.timeDone).toEqual(new Date('2017-08-21T13:50:00Z'));
  });
});
