import { ArtifactBuild, ArtifactBuildCompose, Compose, commitOnSuccess, User } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event, ids } from './rows.ts';

describe.each(engines)('composes, ids, overrides, users on $name', (engine) => {
  const database = useDatabase(engine);

  test('P34 links and lowest ids', async () => {
    const em = database.current.em();
    expect([await ArtifactBuild.getLowestBuildId(em), await Compose.getLowestComposeId(em)]).toEqual([0, 0]);
    const composes = [];
    for (const odcsComposeId of [-1, 2, 3, 4]) {
      composes.push(em.create(Compose, { odcsComposeId }));
      await em.flush();
    }
    const [c1, c2, c3, c4] = composes as [Compose, Compose, Compose, Compose];
    const b1 = await build(em, null, 'b1', 'image', { buildId: 3 });
    const b2 = await build(em, null, 'b2', 'image', { buildId: -2 });
    const b3 = await build(em, null, 'b3', 'image');
    await b1.addComposes([c1, c2, c3]);
    await b2.addComposes([c2, c4]);
    await em.flush();
    const fresh = database.current.em();
    const links = await fresh.findAll(ArtifactBuildCompose, { orderBy: { build: 'asc', compose: 'asc' } });
    expect(links.map((link) => [link.build.id, link.compose.id])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 2],
      [2, 4],
    ]);
    const read = await fresh.findOneOrFail(Compose, 2, { populate: ['builds.build'] });
    expect(ids(read.builds.getItems().map((link) => link.build)).sort()).toEqual([1, 2]);
    expect((await b3.json()).odcs_composes).toEqual([]);
    expect((await b1.json()).odcs_composes).toEqual([-1, 2, 3]);
    expect([await ArtifactBuild.getLowestBuildId(em), await Compose.getLowestComposeId(em)]).toEqual([
      -2, -1,
    ]);
  });

  test.each([
    [[null, null], 0],
    [[5, 9], 5],
    [[5, null, -7], -7],
  ])('P34 lowest of the build ids %p is %p', async (buildIds, lowest) => {
    const em = database.current.em();
    for (const buildId of buildIds) {
      await build(em, null, 'b', 'image', { buildId });
    }
    expect(await ArtifactBuild.getLowestBuildId(em)).toBe(lowest);
  });

  test('P35 adding composes twice', async () => {
    const em = database.current.em();
    const owner = await build(em, null, 'b', 'image');
    const c1 = em.create(Compose, { odcsComposeId: 1 });
    const c2 = em.create(Compose, { odcsComposeId: 2 });
    await owner.addComposes([c1]);
    await owner.addComposes([c1, c2]);
    await em.flush();
    await owner.addComposes([c1, c2]);
    await em.flush();
    expect(await database.current.em().count(ArtifactBuildCompose)).toBe(2);
    expect((await owner.json()).odcs_composes).toEqual([1, 2]);
  });

  test('composesReady asks until one is not finished', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const owner = await build(em, null, 'b', 'image');
    expect(await owner.composesReady()).toBe(true);
    await owner.addComposes([await Compose.getOrCreate(em, 1), await Compose.getOrCreate(em, 2)]);
    await em.flush();
    recorder.composeStates = { 1: 'done', 2: 'generating' };
    expect(await owner.composesReady()).toBe(false);
    recorder.composeStates = { 1: 'done', 2: 'done' };
    expect(await owner.composesReady()).toBe(true);
    recorder.composeStates = { 1: 'done' };
    expect(await owner.composesReady()).toBe(false);
    expect(await (await Compose.get(em, 1))?.finished()).toBe(true);
  });

  test('P36 rebuilt NVRs', async () => {
    const em = database.current.em();
    const one = await event(em, 'm1', '12345', 3);
    const rows = [
      ['foo', 'done', 1, 'foo-2-20'],
      ['bar', 'done', 1, 'bar-3-30'],
      ['bar', 'done', 1, 'bar-3-30'],
      ['null', 'done', 1, null],
      ['dep', 'done', 2, 'dep-1-1'],
      ['qux', 'failed', 1, 'qux-1-11'],
    ] as const;
    for (const [name, state, rebuildReason, originalNvr] of rows) {
      await build(em, one, name, 'image', { state, rebuildReason, originalNvr });
    }
    const get = (key: string, direct?: boolean) =>
      ArtifactBuild.getRebuiltOriginalNvrsBySearchKey(em, key, direct);
    expect(await get('12345')).toEqual(['bar-3-30', 'foo-2-20']);
    expect(await get('12345', false)).toEqual(['bar-3-30', 'dep-1-1', 'foo-2-20']);
    expect(await get('nope')).toEqual([]);
  });

  test('P37 pullspec overrides', async () => {
    const em = database.current.em();
    const owner = await build(em, null, 'b', 'image');
    const value = { update: 'u', pullspec_replacements: [{ pinned: true, new: 'n', original: 'o' }] };
    owner.bundlePullspecOverrides = value;
    await em.flush();
    const read = await database.current.em().findOneOrFail(ArtifactBuild, 1);
    expect(read.bundlePullspecOverrides).toEqual(value);
    expect(read.bundlePullspecOverridesText).toBe(
      '{"pullspec_replacements":[{"new":"n","original":"o","pinned":true}],"update":"u"}',
    );
    owner.bundlePullspecOverrides = {};
    expect([owner.bundlePullspecOverridesText, owner.bundlePullspecOverrides]).toEqual(['{}', {}]);
    owner.bundlePullspecOverrides = null;
    expect([owner.bundlePullspecOverridesText, owner.bundlePullspecOverrides]).toEqual([null, null]);
    await em.flush();
    await em.execute("update artifact_builds set bundle_pullspec_overrides = ''");
    expect((await database.current.em().findOneOrFail(ArtifactBuild, 1)).bundlePullspecOverrides).toBeNull();
  });

  test('P38 users', async () => {
    const em = database.current.em();
    expect(await User.findUserByName(em, 'nobody')).toBeNull();
    expect((await User.findUserByName(em, 'tester1'))?.id).toBe(1);
    expect(await User.findUserByName(em, 'Tester1')).toBeNull();
    expect((await User.getOrCreate(em, 'tester1')).id).toBe(1);
    expect((await User.getOrCreate(em, 'new')).id).toBe(2);
    expect((await User.findUserByName(database.current.em(), 'new'))?.id).toBe(2);
  });

  test('P38 commitOnSuccess', async () => {
    const em = database.current.em();
    const seven = await commitOnSuccess(em, (inner) => {
      User.createUser(inner, 'one');
      return 7;
    });
    expect(seven).toBe(7);
    const failure = new Error('E');
    await expect(
      commitOnSuccess(em, async (inner) => {
        User.createUser(inner, 'two');
        await inner.flush();
        throw failure;
      }),
    ).rejects.toBe(failure);
    await expect(
      commitOnSuccess(em, () => {
        throw 'not even an error';
      }),
    ).rejects.toBe('not even an error');
    await expect(
      commitOnSuccess(em, (inner) => {
        User.createUser(inner, 'three');
        User.createUser(inner, 'tester1');
      }),
    ).rejects.toThrow(/unique/i);
    const names = (await database.current.em().findAll(User)).map(({ username }) => username);
    expect(names.sort()).toEqual(['one', 'tester1']);
  });
});
