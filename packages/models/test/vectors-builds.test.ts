import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild, Event, InvalidFilterError } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { frozen } from './recorder.ts';
import { build, event, ids } from './rows.ts';

const DEP = 'Cannot build artifact, because its dependency cannot be built.';

async function states(em: SqlEntityManager): Promise<Record<string, [number, string | null]>> {
  const builds = await em.findAll(ArtifactBuild, { orderBy: { id: 'asc' } });
  return Object.fromEntries(
    builds.map(({ name, state, stateReason }) => [name, [state, stateReason ?? null]]),
  );
}

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

describe.each(engines)('cascades on $name', (engine) => {
  const database = useDatabase(engine);

  test('go through builds that are in the state already, which stay untouched', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const a = await build(em, null, 'a', 'image');
    const b = await build(em, null, 'b', 'image', { depOn: a, state: 'failed' });
    await build(em, null, 'c', 'image', { depOn: b, state: 'planned' });
    await a.transition('failed', 'boom');
    await em.flush();
    expect(await states(database.current.em())).toEqual({ a: [2, 'boom'], b: [2, null], c: [2, DEP] });
    expect(recorder.messages.map(({ payload }) => payload.name)).toEqual(['c', 'a']);
  });

  test('overwrite DONE and CANCELED children, also of another event', async () => {
    const em = database.current.em();
    const [one, two] = [await event(em, 'm1', 'k', 3), await event(em, 'm2', 'k', 3)];
    const a = await build(em, one, 'a', 'image');
    await build(em, two, 'done', 'image', { depOn: a, state: 'done' });
    await build(em, two, 'canceled', 'image', { depOn: a, state: 'canceled' });
    await a.transition('failed');
    await em.flush();
    expect(await states(database.current.em())).toEqual({ a: [2, null], done: [2, DEP], canceled: [2, DEP] });
  });

  test('end in cycles and self-references, each build once', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const a = await build(em, null, 'a', 'image');
    const b = await build(em, null, 'b', 'image', { depOn: a });
    const self = await build(em, null, 'self', 'image');
    a.depOn = b;
    self.depOn = self;
    await em.flush();
    await a.transition('canceled', 'x');
    await self.transition('canceled', 'y');
    await em.flush();
    expect(await states(database.current.em())).toEqual({ a: [3, 'x'], b: [3, DEP], self: [3, 'y'] });
    expect(recorder.messages.map(({ payload }) => payload.name)).toEqual(['b', 'a', 'self']);
    await expect(a.getRootDepOn()).rejects.toThrow(/depends on itself/);
    await expect(self.getRootDepOn()).rejects.toThrow(/depends on itself/);
  });

  test('see links that are not flushed yet', async () => {
    const em = database.current.em();
    const a = await build(em, null, 'a', 'image');
    const b = await build(em, null, 'b', 'image');
    const c = await build(em, null, 'c', 'image', { depOn: a });
    b.depOn = a;
    c.depOn = null;
    await a.transition('failed');
    await em.flush();
    expect(await states(database.current.em())).toEqual({ a: [2, null], b: [2, DEP], c: [0, null] });
  });

  test('take one statement per level', async () => {
    const em = database.current.em();
    const root = await build(em, null, 'root', 'image');
    for (let level = 0, parents = [root]; level < 3; level += 1) {
      const children = parents.flatMap((depOn) =>
        [1, 2, 3].map((n) => ArtifactBuild.create(em, null, `${level}-${n}`, 'image', { depOn })),
      );
      await em.flush();
      parents = children;
    }
    const counted = await database.current.countStatements(async (fresh) => {
      const again = await fresh.findOneOrFail(ArtifactBuild, root.id);
      await again.transition('failed');
    });
    // The root, four levels (the last without children), the composes of all for the messages.
    expect(counted).toBe(6);
  });
});

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
