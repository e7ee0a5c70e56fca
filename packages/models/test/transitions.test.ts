import { ArtifactBuild, DetachedEntityError, Event } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { frozen } from './recorder.ts';
import { build, event } from './rows.ts';

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
