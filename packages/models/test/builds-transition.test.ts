import { ArtifactBuild, Event, InvalidFilterError } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, DEP, event, states } from './rows.ts';

describe.each(engines)('buildsTransition on $name', (engine) => {
  const database = useDatabase(engine);

  test('returns what the cascade changed as well, and gives selected builds their reason', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const other = await event(em, 'm2', 'k', 3);
    const a = await build(em, parent, 'a', 'image');
    const c = await build(em, parent, 'c', 'image', { depOn: a });
    const d = await build(em, parent, 'd', 'image', { depOn: c });
    await build(em, other, 'elsewhere', 'image', { depOn: d });
    expect(await parent.buildsTransition('canceled', 'all')).toEqual([1, 2, 3, 4]);
    await em.flush();
    expect(await states(database.current.em())).toEqual({
      a: [3, 'all'],
      c: [3, 'all'],
      d: [3, 'all'],
      elsewhere: [3, DEP],
    });
    expect(recorder.messages).toHaveLength(4);
  });

  test('skips builds in the state, with their reason and what is below them', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const other = await event(em, 'm2', 'k', 3);
    const a = await build(em, parent, 'a', 'image', { state: 'canceled' });
    a.stateReason = 'old';
    await build(em, other, 'b', 'image', { depOn: a });
    expect(await parent.buildsTransition('canceled', 'new')).toEqual([]);
    await em.flush();
    expect(await states(database.current.em())).toEqual({ a: [3, 'old'], b: [0, null] });
  });

  test.each([
    ['column name', { build_id: 7 }, [1]],
    ['property name', { buildId: 7 }, [1]],
    ['null', { build_id: null }, [2]],
    ['state by name', { state: 'PLANNED' }, [2]],
    ['type by name', { type: 'module' }, [2]],
    ['two columns', { type: 1, state: 0 }, [1]],
    ['foreign key', { event_id: 1, dep_on_id: 1 }, [2]],
    ['none', {}, [1, 2]],
  ])('filters by %s', async (_what, filters, expected) => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const first = await build(em, parent, 'a', 'image', { buildId: 7 });
    await build(em, parent, 'b', 'module', { state: 'planned', depOn: first });
    expect(await parent.buildsTransition('done', 'r', filters)).toEqual(expected);
  });

  test.each([[null], [[]], ['state'], [4], [true], [new Map([['state', 4]])], [new Date()]])(
    'refuses the filters %p',
    async (filters) => {
      const em = database.current.em();
      const parent = await event(em, 'm1', 'k', 3);
      const only = await build(em, parent, 'a', 'image');
      await expect(parent.buildsTransition('done', 'r', filters as never)).rejects.toThrow(
        InvalidFilterError,
      );
      expect(only.state).toBe(0);
    },
  );

  test('refuses a state that is none, before anything changes', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    await build(em, parent, 'a', 'image');
    await expect(parent.buildsTransition(9, 'r')).rejects.toThrow(/^state: 9/);
    await expect(parent.buildsTransition('done', 'r', { state: 'nope' })).rejects.toThrow(/^state: "nope"/);
  });

  test('hasAllBuildsInState', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    expect(await parent.hasAllBuildsInState('done')).toBe(true);
    await build(em, parent, 'a', 'image', { state: 'done' });
    const second = ArtifactBuild.create(em, parent, 'b', 'image', { state: 'planned' });
    expect(await parent.hasAllBuildsInState('done')).toBe(false);
    await second.transition('done');
    expect(await parent.hasAllBuildsInState(1)).toBe(true);
    expect(await parent.hasAllBuildsInState('DONE')).toBe(true);
    await expect(parent.hasAllBuildsInState('nope' as never)).rejects.toThrow(/^state/);
  });

  test('works on builds that are not flushed yet', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = Event.create(em, 'm1', 'k', 3);
    const a = ArtifactBuild.create(em, parent, 'a', 'image');
    ArtifactBuild.create(em, parent, 'b', 'image', { depOn: a });
    await a.transition('failed', 'x');
    await em.flush();
    expect(await states(database.current.em())).toEqual({ a: [2, 'x'], b: [2, DEP] });
    expect(recorder.messages[1]?.payload).toMatchObject({
      name: 'a',
      url: `http://localhost:5001/api/1/builds/${a.id}`,
    });
  });
});
