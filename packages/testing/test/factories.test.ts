import { ArtifactBuildCompose, ArtifactType, Compose, EventDependency, User } from '@freshmaker/models';
import { defineFactory, eventFactory, useTestDatabase } from '../src/index.ts';

const db = useTestDatabase();

test('every entity has a factory whose rows are unique and complete', async () => {
  const make = db.factories();
  for (const number of [1, 2]) {
    const build = await make.build();
    expect([build.id, build.name, build.originalNvr]).toEqual([
      number,
      `image-${number}`,
      `image-${number}-1.0-${number}`,
    ]);
    expect(build.type).toBe(ArtifactType.IMAGE);
    expect(build.event?.messageId).toBe(`message-${number}`);
    expect((await make.user()).username).toBe(`user-${number}`);
    const compose = await make.compose();
    expect(compose.odcsComposeId).toBe(number);
    await make.link(build, compose);
  }
  await make.dependency(await make.event(), await make.event());
  const em = db.em();
  expect(await em.count(User)).toBe(2);
  expect(await em.count(Compose)).toBe(2);
  expect(await em.count(ArtifactBuildCompose)).toBe(2);
  expect(await em.find(EventDependency, {})).toMatchObject([
    { event: { id: 3 }, eventDependency: { id: 4 } },
  ]);
});

test('numbers go on from one set of factories to the next', async () => {
  await db.factories().event();
  expect((await db.factories().event()).messageId).toBe('message-2');
});

test('whatever is given goes over the defaults, states by name too', async () => {
  const make = db.factories();
  const event = await make.event({
    messageId: 'm',
    state: 'complete',
    dryRun: true,
    timeCreated: new Date(0),
  });
  const build = await make.build({
    event: null,
    name: 'ed',
    type: 'module',
    state: 'PLANNED',
    buildId: null,
  });
  const em = db.em();
  expect(await em.execute('SELECT message_id, state, dry_run, time_created FROM events')).toEqual([
    { message_id: 'm', state: 2, dry_run: 1, time_created: '1970-01-01 00:00:00.000000' },
  ]);
  expect(await em.execute('SELECT name, type, state, build_id, event_id FROM artifact_builds')).toEqual([
    { name: 'ed', type: 2, state: 4, build_id: null, event_id: null },
  ]);
  expect([event.id, build.id]).toEqual([1, 1]);
});

test('a value that the models refuse is refused', async () => {
  await expect(db.factories().event({ state: 'nope' as 'complete' })).rejects.toThrow(/state/);
});

test('a chain', async () => {
  const builds = await db.factories().chain(['ed', 'mksh', 'bash'], { state: 'planned' });
  expect(
    builds.map(({ id, name, depOn, event, state }) => [id, name, depOn?.name, event?.id, state]),
  ).toEqual([
    [1, 'ed', undefined, 1, 4],
    [2, 'mksh', 'ed', 1, 4],
    [3, 'bash', 'mksh', 1, 4],
  ]);
});

test('a graph, in whatever order it is written', async () => {
  const event = await db.factories().event({ searchKey: 'K' });
  const builds = await db
    .factories()
    .graph({ runtime: 'mksh', mksh: 'ed', dash: 'ed', ed: null }, (name) => ({
      event,
      state: name === 'dash' ? 'done' : 'build',
    }));
  expect(builds.runtime.depOn?.depOn).toBe(builds.ed);
  expect(builds.dash).toMatchObject({ state: 1, event: { searchKey: 'K' } });
  expect(builds.ed.id).toBe(1);
});

test.each([
  [{ a: 'b', b: 'a' }, /wait for one another.*a, b/],
  [{ a: null, c: 'not there' as 'a' }, /c/],
])('the graph %j is refused', async (graph, message) => {
  await expect(db.factories().graph(graph as Record<string, string | null>)).rejects.toThrow(message);
});

test('factories of one’s own, many at once', async () => {
  const advisory = defineFactory(User, (number) => ({ username: `robot-${number}` }));
  const em = db.em();
  const made = await advisory.createMany(em, 3, (index) => (index === 1 ? { username: 'odd' } : {}));
  expect(made.map(({ id, username }) => [id, username])).toEqual([
    [1, 'robot-1'],
    [2, 'odd'],
    [3, 'robot-3'],
  ]);
  const waiting = eventFactory.build(em);
  expect(waiting.id).toBeUndefined();
  await em.flush();
  expect(waiting.id).toBe(1);
});
