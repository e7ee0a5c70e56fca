import { ArtifactBuild, Event, EventState, InvalidValueError } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event } from './rows.ts';

describe.each(engines)('validators on $name', (engine) => {
  const database = useDatabase(engine);

  describe('P11 accepted forms', () => {
    test.each([
      [2, 2],
      ['complete', 2],
      [EventState.COMPLETE, 2],
      ['COMPLETE', 2],
      ['Complete', 2],
    ])('event state %p is %p', async (input, value) => {
      const em = database.current.em();
      const created = Event.create(em, 'm1', 'k', 3, { state: input as number });
      expect(created.state).toBe(value);
      expect(
        em.create(Event, { messageId: 'm2', searchKey: 'k', eventTypeId: 3, state: input as number }).state,
      ).toBe(value);
      created.state = 0;
      created.state = input as number;
      expect(created.state).toBe(value);
      em.assign(created, { state: 0 });
      em.assign(created, { state: input as number });
      expect(created.state).toBe(value);
      created.state = 0;
      expect(await created.transition(input as number)).toBe(true);
      expect(created.state).toBe(value);
    });

    test.each([
      [4, 'image_repository', 4, 3],
      ['planned', 'image', 4, 1],
      ['Planned', 'IMAGE', 4, 1],
      ['build', 0, 0, 0],
    ])('build state %p and type %p are %p and %p', async (state, type, stateValue, typeValue) => {
      const em = database.current.em();
      const created = ArtifactBuild.create(em, null, 'ed', type as number, { state: state as number });
      expect([created.state, created.type]).toEqual([stateValue, typeValue]);
      created.state = 1;
      created.type = 2;
      created.state = state as number;
      created.type = type as number;
      expect([created.state, created.type]).toEqual([stateValue, typeValue]);
      created.state = 1;
      expect(await created.transition(state as number)).toBe(true);
      expect(created.state).toBe(stateValue);
    });
  });

  describe('P12 refused forms', () => {
    const refused = [
      6,
      -1,
      '2',
      'nope',
      '',
      null,
      undefined,
      true,
      false,
      Number.NaN,
      1.5,
      {},
      [2],
      'complete ',
      'ınıtıalızed',
    ];
    test.each(refused)('event state %p', async (input) => {
      const em = database.current.em();
      const created = await event(em, 'm1', 'k', 3, { state: 1 });
      const invalid = input as number;
      expect(() => {
        created.state = invalid;
      }).toThrow(InvalidValueError);
      expect(() => {
        created.state = invalid;
      }).toThrow(/^state: .*INITIALIZED \(0\), BUILDING \(1\)/);
      await expect(created.transition(invalid, 'reason')).rejects.toThrow(InvalidValueError);
      expect(() => em.assign(created, { state: invalid })).toThrow();
      expect([created.state, created.stateReason]).toEqual([1, null]);
      expect(database.current.recorder.messages).toEqual([]);
    });

    test.each(refused.filter((input) => input !== undefined && input !== null))(
      'event state %p in a new event',
      (input) => {
        const em = database.current.em();
        expect(() => Event.create(em, 'm1', 'k', 3, { state: input as number })).toThrow(InvalidValueError);
        expect(em.getUnitOfWork().getPersistStack().size).toBe(0);
      },
    );

    test.each([5, -1, '4', 'nope', '', null, true, 0.5])('build state %p', async (input) => {
      const created = await build(database.current.em(), null, 'ed', 'image', { state: 4 });
      expect(() => {
        created.state = input as number;
      }).toThrow(InvalidValueError);
      await expect(created.transition(input as number)).rejects.toThrow(InvalidValueError);
      expect(created.state).toBe(4);
      expect(database.current.recorder.messages).toEqual([]);
    });

    test.each([4, -1, '1', 'nope', '', null, true])('build type %p', async (input) => {
      const em = database.current.em();
      const created = await build(em, null, 'ed', 'image');
      expect(() => {
        created.type = input as number;
      }).toThrow(/^type: /);
      expect(created.type).toBe(1);
      expect(() => ArtifactBuild.create(em, null, 'ed', input as number)).toThrow(InvalidValueError);
    });
  });

  test('a row with foreign values loads, and stays as it is', async () => {
    await event(database.current.em(), 'm1', 'k', 3);
    await build(database.current.em(), null, 'ed', 'image');
    await database.current.em().execute('update events set state = 99');
    await database.current.em().execute('update artifact_builds set state = 99, type = null');
    const em = database.current.em();
    const read = await em.findOneOrFail(Event, 1);
    const readBuild = await em.findOneOrFail(ArtifactBuild, 1);
    expect([read.state, readBuild.state, readBuild.type]).toEqual([99, 99, null]);
    await em.refresh(read);
    expect(read.state).toBe(99);
    em.getUnitOfWork().computeChangeSets();
    expect(em.getUnitOfWork().getChangeSets()).toEqual([]);
  });
});
