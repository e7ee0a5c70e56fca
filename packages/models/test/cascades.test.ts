import { ArtifactBuild } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, DEP, event, states } from './rows.ts';

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
