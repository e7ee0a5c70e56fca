import { AmbiguousResultError, ArtifactBuildRepository, Compose, EventRepository } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event, ids } from './rows.ts';

describe.each(engines)('other queries of the services on $name', (engine) => {
  const database = useDatabase(engine);

  test('running events of a search key', async () => {
    const em = database.current.em();
    for (const [index, state] of (['initialized', 'building', 'complete', 'failed'] as const).entries()) {
      await event(em, `m${index}`, 'K', 3, { state });
    }
    await event(em, 'other', 'k', 3);
    expect(ids(await new EventRepository(em).findRunning('K'))).toEqual([1, 2]);
  });

  test('builds of a task, planned children, builds of a compose, by ids, by rebuilt NVR', async () => {
    const em = database.current.em();
    const repository = new ArtifactBuildRepository(em);
    const parent = await build(em, null, 'a', 'image', { buildId: 5, rebuiltNvr: 'a-1-2' });
    await build(em, null, 'b', 'module', {
      buildId: 6,
      depOn: parent,
      state: 'planned',
      rebuiltNvr: 'b-1-2',
    });
    const child = await build(em, null, 'c', 'image', {
      buildId: 5,
      depOn: parent,
      state: 'planned',
      rebuiltNvr: 'a-1-2',
    });
    await build(em, null, 'd', 'image', { depOn: parent, rebuiltNvr: 'b-1-2' });
    await parent.addComposes([await Compose.getOrCreate(em, 77)]);
    await child.addComposes([await Compose.getOrCreate(em, 77)]);
    await em.flush();
    expect((await repository.findByTask(5))?.id).toBe(1);
    expect(await repository.findByTask(6)).toBeNull();
    expect(ids(await repository.findPlannedChildren(parent))).toEqual([3]);
    expect(ids(await repository.findByCompose(77))).toEqual([1, 3]);
    expect(ids(await repository.findByCompose(77, 'planned'))).toEqual([3]);
    expect(await repository.findByCompose(78)).toEqual([]);
    expect(ids(await repository.findByIds([3, 1, 9, 1]))).toEqual([1, 3]);
    expect(await repository.findByIds([])).toEqual([]);
    expect((await repository.findFirstByRebuiltNvr('a-1-2'))?.id).toBe(1);
    expect((await repository.findOneImageByRebuiltNvr('b-1-2'))?.id).toBe(4);
    expect(await repository.findOneImageByRebuiltNvr('nope')).toBeNull();
    await expect(repository.findOneImageByRebuiltNvr('a-1-2')).rejects.toThrow(AmbiguousResultError);
  });

  test('builds to poll: real tasks of young events, whatever else there is', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const young = await event(em, 'm1', 'k', 3, { state: 'building' });
    recorder.now = new Date('2017-08-14T13:42:20Z');
    const sevenDays = await event(em, 'm2', 'k', 3, { state: 'building' });
    recorder.now = new Date('2017-08-14T13:42:19.999Z');
    const tooOld = await event(em, 'm3', 'k', 3, { state: 'building' });
    recorder.now = new Date('2017-08-21T13:42:20Z');
    const done = await event(em, 'm4', 'k', 3, { state: 'complete' });
    for (const parent of [young, sevenDays, tooOld, done]) {
      await build(em, parent, 'real', 'image', { buildId: 1 });
    }
    await build(em, young, 'never submitted', 'image', { buildId: null });
    await build(em, young, 'dry run', 'image', { buildId: -1 });
    await build(em, young, 'planned', 'image', { buildId: 2, state: 'planned' });
    const found = await new ArtifactBuildRepository(database.current.em()).findToPoll();
    expect(found.map(({ id, event: of }) => [id, of?.messageId])).toEqual([
      [1, 'm1'],
      [2, 'm2'],
    ]);
    if (engine.dialect === 'sqlite') {
      await em.execute("update events set time_created = '2017-08-14 13:42:20' where id = 2");
      expect(ids(await new ArtifactBuildRepository(database.current.em()).findToPoll())).toEqual([1, 2]);
    }
  });
});
