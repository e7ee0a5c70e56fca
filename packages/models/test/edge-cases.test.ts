import {
  ArtifactBuild,
  DetachedEntityError,
  Event,
  EventType,
  eventTypeId,
  UnknownEventTypeError,
  UnreadableDate,
} from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { frozen } from './recorder.ts';
import { build, event } from './rows.ts';

class TestingEvent {}
class SubclassOfTestingEvent extends TestingEvent {}
class FreshmakerManageEvent {}

describe('event types', () => {
  test.each([
    [3, 3],
    [1024, 1024],
    [0, 0],
    ['TestingEvent', 3],
    [TestingEvent, 3],
    [new TestingEvent(), 3],
    [{ name: 'TestingEvent' }, 3],
  ])('%p is stored as %p', (input, id) => {
    expect(eventTypeId(input)).toBe(id);
  });

  test.each([
    'testingevent',
    'Nope',
    '',
    'toString',
    SubclassOfTestingEvent,
    new SubclassOfTestingEvent(),
    FreshmakerManageEvent,
    {},
    1.5,
    Number.NaN,
    2 ** 31,
    null,
    undefined,
    true,
  ])('%p is refused', (input) => {
    expect(() => eventTypeId(input as never)).toThrow(UnknownEventTypeError);
  });
});

describe.each(engines)('creating on $name', (engine) => {
  const database = useDatabase(engine);

  test('an unknown event type is refused before the database is touched', async () => {
    const em = database.current.em();
    expect(() => Event.create(em, 'm1', 'k', FreshmakerManageEvent)).toThrow(/FreshmakerManageEvent/);
    const statements = await database.current.countStatements(async (fresh) => {
      expect(() => Event.create(fresh, 'm1', 'k', 'Nope')).toThrow(UnknownEventTypeError);
      Event.create(fresh, 'm1', 'k', 3);
    });
    expect(statements).toBe(0);
  });

  test('options are stored', async () => {
    const em = database.current.em();
    await event(em, 'm1', 12345, EventType.ManualRebuildWithAdvisoryEvent, {
      released: false,
      state: 'building',
      manual: true,
      dryRun: true,
      requester: 'alice',
      requestedRebuilds: 'a b',
      requesterMetadata: '{"a":1}',
    });
    expect(await database.current.em().findOneOrFail(Event, 1)).toMatchObject({
      searchKey: '12345',
      eventTypeId: 13,
      eventType: 'ManualRebuildWithAdvisoryEvent',
      released: false,
      state: 1,
      manualTriggered: true,
      dryRun: true,
      requester: 'alice',
      requestedRebuilds: 'a b',
      requesterMetadata: '{"a":1}',
      timeCreated: frozen,
      timeDone: null,
    });
  });

  test.each([undefined, null, 0])('the state %p of a new event or build is the first one', (state) => {
    const em = database.current.em();
    expect(Event.create(em, 'm1', 'k', 3, { state }).state).toBe(0);
    expect(ArtifactBuild.create(em, null, 'a', 'image', { state }).state).toBe(0);
  });

  test('a build created as done has no time, and tells nobody', async () => {
    const em = database.current.em();
    const created = await build(em, null, 'a', 'image', { state: 'done', rebuiltNvr: 'a-1-2' });
    expect(created).toMatchObject({
      state: 1,
      timeCompleted: null,
      timeSubmitted: frozen,
      rebuiltNvr: 'a-1-2',
    });
    expect(database.current.recorder.messages).toEqual([]);
    expect(database.current.recorder.counts()).toEqual({});
  });

  test('changes of other columns tell nobody', async () => {
    const em = database.current.em();
    const created = await event(em, 'm1', 'k', 3);
    created.requester = 'bob';
    await em.flush();
    expect(database.current.recorder.messages).toEqual([]);
  });

  test('getOrCreate commits what is pending; an existing event commits nothing', async () => {
    const em = database.current.em();
    Event.create(em, 'pending', 'k', 3);
    await Event.getOrCreate(em, 'm1', 'k', 3);
    expect(await database.current.em().count(Event)).toBe(2);
    const other = database.current.em();
    const pending = await other.findOneOrFail(Event, { messageId: 'pending' });
    pending.requester = 'not yet';
    await Event.getOrCreate(other, 'm1', 'k', 3);
    expect((await database.current.em().findOneOrFail(Event, pending.id)).requester).toBeNull();
  });

  test('the created event of getOrCreate is part of the unit of work', async () => {
    const em = database.current.em();
    const created = await Event.getOrCreate(em, 'm1', 'k', 3);
    created.requester = 'bob';
    await em.flush();
    expect((await database.current.em().findOneOrFail(Event, 1)).requester).toBe('bob');
    expect(await created.transition('building')).toBe(true);
  });

  test.each([
    [['a', 'b'], 'a b'],
    [[], ''],
    ['a b', null],
    [new Set(['a']), null],
    [undefined, null],
    [null, null],
  ])('container images %p are stored as %p', async (containerImages, stored) => {
    const created = await Event.getOrCreateFromEvent(database.current.em(), {
      msgId: 'm1',
      searchKey: 'k',
      eventType: 3,
      containerImages,
    });
    expect(created.requestedRebuilds).toBe(stored);
    expect((await created.json()).requested_rebuilds).toEqual(stored ? stored.split(' ') : []);
  });

  const circular: Record<string, unknown> = {};
  circular.self = circular;
  test.each([
    ['an object', { b: 1 }, '{"b":1}', false],
    ['an empty object', {}, '{}', false],
    ['a list', [1], '[1]', false],
    ['a text', 'x', '"x"', false],
    ['a number', 0, '0', false],
    ['null', null, null, false],
    ['nothing', undefined, null, false],
    ['a function', () => 1, null, true],
    ['a BigInt', { big: 1n }, null, true],
    ['a circle', circular, null, true],
  ])('metadata that are %s', async (_what, requesterMetadata, stored, warned) => {
    const { recorder } = database.current;
    const created = await Event.getOrCreateFromEvent(database.current.em(), {
      msgId: 'm1',
      searchKey: 'k',
      eventType: 3,
      requesterMetadata,
    });
    expect(created.requesterMetadata).toBe(stored);
    expect(recorder.log).toEqual(
      warned ? ["warn: The requester's metadata of m1 cannot be written as JSON; they are left out."] : [],
    );
  });

  test('a domain event may be of a class that bears the name of its type', async () => {
    class BotasErrataShippedEvent {
      readonly msgId = 'm1';
      readonly searchKey = 77;
      readonly manual = false;
      readonly dryRun = true;
    }
    const created = await Event.getOrCreateFromEvent(
      database.current.em(),
      new BotasErrataShippedEvent(),
      false,
    );
    expect(created).toMatchObject({
      eventTypeId: 15,
      searchKey: '77',
      dryRun: true,
      released: false,
      requester: null,
    });
  });
});

describe.each(engines)('transitions on $name', (engine) => {
  const database = useDatabase(engine);

  test('of an event that is not flushed yet', async () => {
    const em = database.current.em();
    const created = Event.create(em, 'm1', 'k', 3);
    expect(await created.transition('complete', 'at once')).toBe(true);
    expect(database.current.recorder.messages[0]?.payload).toMatchObject({ id: 1, state_name: 'COMPLETE' });
    expect((await database.current.em().findOneOrFail(Event, 1)).stateReason).toBe('at once');
  });

  test('of entities made with em.create', async () => {
    const em = database.current.em();
    const created = em.create(Event, {
      messageId: 'm1',
      searchKey: 'k',
      eventTypeId: 3,
      timeCreated: frozen,
    });
    expect(await created.transition('failed')).toBe(true);
  });

  test('of an entity that no entity manager knows are refused', async () => {
    const stray = new Event();
    await expect(stray.transition('failed')).rejects.toThrow(DetachedEntityError);
  });

  test('refresh the time and count again from one end to another', async () => {
    const { recorder } = database.current;
    const created = await event(database.current.em(), 'm1', 'k', 3);
    await created.transition('failed');
    await created.transition('complete');
    await created.transition('failed');
    expect(recorder.counts()).toEqual({ freshmaker_event_failed: 2, freshmaker_event_complete: 1 });
  });

  test('are logged, failures as errors, with and without a change', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 1024);
    const a = await build(em, parent, 'a', 'image');
    await parent.transition('failed', 'why');
    await parent.transition('failed');
    const cold = database.current.em();
    await (await cold.findOneOrFail(ArtifactBuild, a.id)).transition('failed', null);
    expect(recorder.log).toEqual([
      'error: Event <Event m1, UnknownEventType 1024, k> moved to state FAILED, "why"',
      'error: Event <Event m1, UnknownEventType 1024, k> moved to state FAILED, null',
      'error: Artifact build <ArtifactBuild a, type IMAGE, state BUILD, event m1> moved to state FAILED, null',
    ]);
  });

  test('do not touch the builds of an event', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const a = await build(em, parent, 'a', 'image');
    await parent.transition('canceled');
    expect(a.state).toBe(0);
  });

  test('of an event take a constant number of statements', async () => {
    const count = async (size: number) => {
      await database.current.reset();
      const em = database.current.em();
      const parent = await event(em, 'm1', 'k', 3);
      for (let index = 0; index < size; index += 1) {
        ArtifactBuild.create(em, parent, `b${index}`, 'image');
      }
      await em.flush();
      return database.current.countStatements(async (fresh) =>
        (await fresh.findOneOrFail(Event, 1)).transition('complete'),
      );
    };
    expect([await count(1), await count(30)]).toEqual([7, 7]);
  });

  test('a summary and a list of builds are the same in a fresh unit of work', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    for (const name of ['c', 'a', 'b']) {
      await build(em, parent, name, 'image');
    }
    await em.execute("update artifact_builds set name = 'z' where id = 1");
    const read = await database.current.em().findOneOrFail(Event, 1, { populate: ['builds'] });
    expect(read.builds.getItems().map(({ id }) => id)).toEqual([1, 2, 3]);
    expect((await read.json()).builds.map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});

describe.each(engines)('dates on $name', (engine) => {
  const database = useDatabase(engine);

  test('go to the database as SQLAlchemy writes them, and come back', async () => {
    const em = database.current.em();
    const created = await event(em, 'm1', 'k', 3);
    created.timeDone = new Date('2017-12-02T10:20:30.007Z');
    await em.flush();
    const [row] = await em.execute<{ time_done: string }[]>('select time_done from events');
    expect(row?.time_done).toBe(
      engine.dialect === 'sqlite' ? '2017-12-02 10:20:30.007000' : '2017-12-02 10:20:30.007',
    );
    expect((await database.current.em().findOneOrFail(Event, 1)).timeDone).toEqual(created.timeDone);
  });

  test('of rows with and without a fraction compare and sort as instants', async () => {
    const em = database.current.em();
    const texts = [
      '2017-12-01 00:00:00',
      '2017-12-01 00:00:00.000000',
      '2017-12-01 00:00:00.000001',
      '2017-11-30 23:59:59.999999',
      '2017-12-01 00:00:01',
    ];
    for (const [index, text] of texts.entries()) {
      await event(em, `m${index}`, 'k', 3);
      await em.execute('update events set time_created = ? where id = ?', [text, index + 1]);
    }
    const at = new Date('2017-12-01T00:00:00Z');
    const found = async (timeCreated: Record<string, Date>) =>
      (await database.current.em().find(Event, { timeCreated }, { orderBy: { id: 'asc' } })).map(
        ({ id }) => id,
      );
    expect(await found({ $gte: at })).toEqual([1, 2, 3, 5]);
    expect(await found({ $gt: at })).toEqual([3, 5]);
    expect(await found({ $lte: at })).toEqual([1, 2, 4]);
    expect(await found({ $lt: at })).toEqual([4]);
    const sorted = await database.current.em().findAll(Event, { orderBy: { timeCreated: 'asc', id: 'asc' } });
    expect(sorted.map(({ id }) => id)).toEqual([4, 1, 2, 3, 5]);
  });

  test('keep their microseconds while another column is written', async () => {
    const em = database.current.em();
    await event(em, 'm1', 'k', 3);
    await em.execute("update events set time_created = '2017-12-01 00:00:00.123456'");
    const fresh = database.current.em();
    const read = await fresh.findOneOrFail(Event, 1);
    read.requester = 'bob';
    await fresh.flush();
    await fresh.refresh(read);
    read.requester = 'carol';
    await fresh.flush();
    const [row] = await em.execute<object[]>('select time_created, requester from events');
    expect(row).toEqual({ time_created: '2017-12-01 00:00:00.123456', requester: 'carol' });
  });

  test('that are none are refused before anything is written', async () => {
    const em = database.current.em();
    const created = await event(em, 'm1', 'k', 3);
    created.timeDone = new Date(Number.NaN);
    await expect(em.flush()).rejects.toThrow(RangeError);
  });

  if (engine.dialect === 'sqlite') {
    test('that are broken in the file are kept as they are', async () => {
      const em = database.current.em();
      await event(em, 'm1', 'k', 3);
      await em.execute("update events set time_created = 'yesterday'");
      const fresh = database.current.em();
      const read = await fresh.findOneOrFail(Event, 1);
      expect(read.timeCreated).toBeInstanceOf(UnreadableDate);
      read.requester = 'bob';
      await fresh.flush();
      expect(await em.execute('select time_created, requester from events')).toEqual([
        { time_created: 'yesterday', requester: 'bob' },
      ]);
    });
  }
});
