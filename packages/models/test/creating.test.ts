import { ArtifactBuild, Event, EventType, eventTypeId, UnknownEventTypeError } from '../src/index.ts';
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
