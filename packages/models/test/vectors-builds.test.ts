import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild, InvalidFilterError } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { frozen } from './recorder.ts';
import { build, DEP, event, ids, states } from './rows.ts';

describe.each(engines)('builds on $name', (engine) => {
  const database = useDatabase(engine);

  async function chain(em: SqlEntityManager): Promise<ArtifactBuild> {
    const parent = await event(em, 'm1', 'k', 3);
    const ed = await build(em, parent, 'ed', 'image');
    const mksh = await build(em, parent, 'mksh', 'image', { depOn: ed });
    await build(em, parent, 'runtime', 'image', { depOn: mksh });
    await build(em, parent, 'perl-runtime', 'image');
    return ed;
  }

  test.each([
    ['failed', 2],
    ['canceled', 3],
  ] as const)('P20 %s cascades', async (state, value) => {
    await chain(database.current.em());
    const em = database.current.em();
    const ed = await em.findOneOrFail(ArtifactBuild, 1);
    expect(await ed.transition(state, 'reason')).toBe(true);
    await em.flush();
    expect(await states(database.current.em())).toEqual({
      ed: [value, 'reason'],
      mksh: [value, DEP],
      runtime: [value, DEP],
      'perl-runtime': [0, null],
    });
  });

  test.each([
    ['done', 1],
    ['planned', 4],
  ] as const)('P21 %s does not cascade', async (state, value) => {
    const em = database.current.em();
    const ed = await chain(em);
    await ed.transition(state, 'reason');
    await em.flush();
    expect(await states(database.current.em())).toEqual({
      ed: [value, 'reason'],
      mksh: [0, null],
      runtime: [0, null],
      'perl-runtime': [0, null],
    });
  });

  test('P22 same state', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const created = await build(em, null, 'ed', 'image');
    await created.transition('planned', 'p');
    await em.flush();
    recorder.reset();
    expect(await created.transition('planned', 'other')).toBe(false);
    await em.flush();
    expect(created.stateReason).toBe('p');
    expect(recorder.messages).toEqual([]);
    expect(recorder.log).toEqual([
      'info: Artifact build <ArtifactBuild ed, type IMAGE, state PLANNED, event null> moved to state PLANNED, "other"',
    ]);
  });

  test.each([
    ['done', frozen],
    ['failed', frozen],
    ['canceled', frozen],
    ['planned', null],
  ] as const)('P23 from BUILD to %s', async (state, time) => {
    const created = await build(database.current.em(), null, 'ed', 'image');
    await created.transition(state);
    expect(created.timeCompleted).toEqual(time);
  });

  test('P23 a null reason clears the old one; a retry keeps the time', async () => {
    const created = await build(database.current.em(), null, 'ed', 'image');
    await created.transition('failed', 'w');
    await created.transition('canceled', null);
    expect(created.stateReason).toBeNull();
    database.current.recorder.now = new Date('2020-01-01T00:00:00Z');
    await created.transition('planned', 'retry');
    expect(created).toMatchObject({ stateReason: 'retry', timeCompleted: frozen });
  });

  test('P24 messages and counters of a cascade', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const a = await build(em, parent, 'a', 'image');
    const c = await build(em, parent, 'c', 'image', { depOn: a });
    await build(em, parent, 'd', 'image', { depOn: c, state: 'planned' });
    await a.transition('failed', 'boom');
    expect(recorder.messages).toEqual([]);
    expect(recorder.counts()).toEqual({});
    await em.flush();
    expect(recorder.messages).toMatchObject([
      {
        topic: 'build.state.changed',
        payload: { name: 'd', state_name: 'FAILED', state_reason: DEP, dep_on: 'c' },
      },
      {
        topic: 'build.state.changed',
        payload: { name: 'c', state_name: 'FAILED', state_reason: DEP, dep_on: 'a' },
      },
      { topic: 'build.state.changed', payload: { name: 'a', state_name: 'FAILED', state_reason: 'boom' } },
    ]);
    expect(recorder.counts()).toEqual({ freshmaker_artifact_build_failed: 3 });
    expect(recorder.counts('messaging_')).toEqual({ messaging_tx_to_send: 3, messaging_tx_sent_ok: 3 });
    await em.flush();
    expect(recorder.messages).toHaveLength(3);
  });

  test('P25 root and children', async () => {
    const writer = database.current.em();
    const ed = await build(writer, null, 'ed', 'image');
    const mksh = await build(writer, null, 'mksh', 'image', { depOn: ed });
    const runtime = await build(writer, null, 'runtime', 'image', { depOn: mksh });
    await build(writer, null, 'perl', 'image', { depOn: runtime });
    await build(writer, null, 'mksh2', 'image', { depOn: ed });
    const em = database.current.em();
    const builds = await em.findAll(ArtifactBuild, { orderBy: { id: 'asc' } });
    const roots = [];
    for (const each of builds) {
      roots.push((await each.getRootDepOn())?.name ?? null);
    }
    expect(roots).toEqual([null, 'ed', 'ed', 'ed', 'ed']);
    expect(ids((await builds[0]?.dependingArtifactBuilds()) ?? [])).toEqual([2, 5]);
    const cold = await database.current.em().findOneOrFail(ArtifactBuild, 4);
    expect((await cold.getRootDepOn())?.name).toBe('ed');
  });

  test('P26 buildsTransition with a filter', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    for (const state of ['planned', 'build', 'planned', 'done'] as const) {
      await build(em, parent, `b-${state}`, 'image', { state });
    }
    expect(await parent.buildsTransition('canceled', 'why', { state: 4 })).toEqual([1, 3]);
    await em.flush();
    const read = await database.current.em().findAll(ArtifactBuild, { orderBy: { id: 'asc' } });
    expect(read.map(({ state, stateReason }) => [state, stateReason])).toEqual([
      [3, 'why'],
      [0, null],
      [3, 'why'],
      [1, null],
    ]);
    await expect(parent.buildsTransition('canceled', 'x', { nope: 1 })).rejects.toThrow(InvalidFilterError);
    em.getUnitOfWork().computeChangeSets();
    expect(em.getUnitOfWork().getChangeSets()).toEqual([]);
    expect(await (await event(em, 'm2', 'k', 3)).buildsTransition('canceled', 'x')).toEqual([]);
  });

  test('P27 cancelling as the API does', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3, { requester: 'tom_hanks' });
    await build(em, parent, 'mksh', 'image', { buildId: 1237, state: 'planned' });
    await build(em, parent, 'bash', 'image', { buildId: 1238, state: 'planned' });
    await build(em, parent, 'dash', 'image', { buildId: 1239, state: 'build' });
    await build(em, parent, 'tcsh', 'image', { buildId: 1240, state: 'done' });
    await parent.transition('canceled', 'msg');
    const reason = 'Build canceled before running on external build system.';
    expect(await parent.buildsTransition('canceled', reason, { state: 'planned' })).toEqual([1, 2]);
    expect(await parent.buildsTransition('canceled', null, { state: 'build' })).toEqual([3]);
    await em.flush();
    expect(await states(database.current.em())).toEqual({
      mksh: [3, reason],
      bash: [3, reason],
      dash: [3, null],
      tcsh: [1, null],
    });
    expect(recorder.messages[0]).toMatchObject({
      topic: 'event.state.changed',
      payload: { builds: [{ name: 'mksh', state_name: 'PLANNED' }, {}, {}, {}] },
    });
  });
});
