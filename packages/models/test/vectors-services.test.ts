import {
  AmbiguousResultError,
  ArtifactBuild,
  ArtifactBuildCompose,
  ArtifactBuildRepository,
  ArtifactBuildState,
  ArtifactType,
  buildListRequest,
  Compose,
  Event,
  EventDependency,
  EventRepository,
  EventState,
  EventType,
  enumList,
  eventListRequest,
  InvalidParameterError,
  pageMeta,
} from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event, ids } from './rows.ts';

const query = (text: string) => new URLSearchParams(text);

describe.each(engines)('lists on $name', (engine) => {
  const database = useDatabase(engine);
  const events = (text: string) =>
    new EventRepository(database.current.em()).list(eventListRequest(query(text)));
  const builds = (text: string) =>
    new ArtifactBuildRepository(database.current.em()).list(buildListRequest(query(text)));

  describe('P39', () => {
    beforeEach(async () => {
      const em = database.current.em();
      const one = await event(em, '2017-00000000-0000-0000-0000-000000000001', '101', 3);
      await event(em, '2017-00000000-0000-0000-0000-000000000002', '102', 3, {
        requester: 'bob',
        state: 'complete',
      });
      await build(em, one, 'ed', 'module', { buildId: 1234 });
      await build(em, one, 'mksh', 'module', { buildId: 1235, rebuiltNvr: 'mksh-1-2' });
      await build(em, one, 'bash', 'module', { buildId: 1236, state: 'done' });
    });

    test.each([
      ['', [3, 2, 1]],
      ['order_by=id', [1, 2, 3]],
      ['order_by=-id', [3, 2, 1]],
      ['order_by=build_id', [1, 2, 3]],
      ['order_by=-build_id', [3, 2, 1]],
      ['order_by=name', [3, 1, 2]],
      ['order_by=-name', [2, 1, 3]],
      ['order_by=rebuilt_nvr', [1, 3, 2]],
      ['order_by=-rebuilt_nvr', [2, 3, 1]],
      ['order_by=event_id', [1, 2, 3]],
      ['order_by=-dep_on_id', [3, 2, 1]],
      ['type=module', [3, 2, 1]],
      ['type=MODULE', [3, 2, 1]],
      ['type=2', [3, 2, 1]],
      ['type=2&type=0', [3, 2, 1]],
      ['type=0', []],
      ['state=done', [3]],
      ['state=Done', [3]],
      ['state=1', [3]],
      ['state=', [3, 2, 1]],
      ['name=ed', [1]],
      ['name=', [3, 2, 1]],
      ['build_id=1235', [2]],
      ['build_id=-1', []],
      ['event_id=1', [3, 2, 1]],
      ['event_id=1&name=ed', [1]],
      ['dep_on_id=1', []],
      ['rebuilt_nvr=mksh-1-2', [2]],
      ['original_nvr=x', []],
      ['event_search_key=101', [3, 2, 1]],
      ['event_search_key=102', []],
      ['event_type_id=3', [3, 2, 1]],
      ['event_type_id=3&event_search_key=102', []],
      ['unknown=1', [3, 2, 1]],
    ])('builds: %s', async (text, expected) => {
      const page = await builds(text);
      expect(ids(page.items)).toEqual(expected);
      expect(page.total).toBe(expected.length);
      expect(page.json().map(({ id }) => id)).toEqual(expected);
    });

    test.each([
      ['', [2, 1]],
      ['order_by=id', [1, 2]],
      ['order_by=message_id', [1, 2]],
      ['order_by=-message_id', [2, 1]],
      ['message_id=2017-00000000-0000-0000-0000-000000000001', [1]],
      ['search_key=101', [1]],
      ['search_key=101&search_key=102', [2, 1]],
      ['search_key=101&requester=bob', []],
      ['search_key=', []],
      ['requester=bob', [2]],
      ['event_type_id=3', [2, 1]],
      ['event_type_id=3&event_type_id=4', [2, 1]],
      ['event_type_id=4', []],
      ['state=complete', [2]],
      ['state=COMPLETE', [2]],
      ['state=0', [1]],
      ['state=0&state=complete', [2, 1]],
      ['state=99', []],
      ['unknown=x', [2, 1]],
    ])('events: %s', async (text, expected) => {
      const page = await events(text);
      expect(ids(page.items)).toEqual(expected);
      expect(page.total).toBe(expected.length);
    });
  });

  test.each([
    ['', { page: 1, perPage: 10, pages: 3 }, 25, 16],
    ['per_page=10&page=3', { page: 3, perPage: 10, pages: 3 }, 5, 1],
    ['page=4', { page: 4, perPage: 10, pages: 3 }, undefined, undefined],
    ['page=abc', { page: 1, perPage: 10, pages: 3 }, 25, 16],
    ['page=0', { page: 1, perPage: 10, pages: 3 }, 25, 16],
    ['page=-3', { page: 1, perPage: 10, pages: 3 }, 25, 16],
    ['page=999999999999999999999', { page: 2 ** 31 - 1, perPage: 10, pages: 3 }, undefined, undefined],
    ['per_page=-1', { page: 1, perPage: 10, pages: 3 }, 25, 16],
    ['per_page=x', { page: 1, perPage: 10, pages: 3 }, 25, 16],
    ['per_page=0', { page: 1, perPage: 0, pages: 0 }, undefined, undefined],
    ['per_page=5000', { page: 1, perPage: 1000, pages: 1 }, 25, 1],
  ])('page: %s', async (text, expected, first, last) => {
    const em = database.current.em();
    for (let number = 1; number <= 25; number += 1) {
      Event.create(em, `m${number}`, 'k', 3);
    }
    await em.flush();
    const page = await events(text);
    expect(page).toMatchObject({ ...expected, total: 25 });
    expect([page.items[0]?.id, page.items.at(-1)?.id]).toEqual([first, last]);
  });

  test('pages by key walk the same order as pages by number, nulls included', async () => {
    const em = database.current.em();
    const parents: (Event | null)[] = [await event(em, 'm1', 'k', 3), null, await event(em, 'm2', 'k', 3)];
    for (let number = 0; number < 23; number += 1) {
      await build(em, parents[number % 3] ?? null, `name-${number % 4}`, 'image', {
        buildId: number % 5 === 0 ? null : number % 5,
        originalNvr: number % 2 === 0 ? null : `nvr-${number % 3}`,
      });
    }
    const orders = ['id', 'name', 'eventId', 'depOnId', 'buildId', 'originalNvr', 'rebuiltNvr'] as const;
    for (const order of orders.flatMap((key) => [key, `-${key}`] as const)) {
      const repository = new ArtifactBuildRepository(database.current.em());
      const all = await repository.list({ order, perPage: 1000 });
      const walked: number[] = [];
      let after: string | null | undefined;
      do {
        const page = await new ArtifactBuildRepository(database.current.em()).listByKey({
          order,
          perPage: 4,
          after: after ?? undefined,
        });
        expect(page.json().map(({ id }) => id)).toEqual(ids(page.items));
        walked.push(...ids(page.items));
        after = page.next;
      } while (after);
      expect([order, walked]).toEqual([order, ids(all.items)]);
    }
  });

  test('events by key, with a filter', async () => {
    const em = database.current.em();
    for (let number = 1; number <= 7; number += 1) {
      await event(em, `m${number}`, number % 2 ? 'odd' : 'even', 3);
    }
    const repository = new EventRepository(database.current.em());
    const first = await repository.listByKey({ filter: { searchKey: 'odd' }, perPage: 2, full: false });
    expect(ids(first.items)).toEqual([7, 5]);
    expect(first.json()[0]).toHaveProperty('builds_summary');
    const second = await repository.listByKey({
      filter: { searchKey: 'odd' },
      perPage: 2,
      after: first.next ?? '',
    });
    expect([ids(second.items), second.next]).toEqual([[3, 1], null]);
    const ascending = await repository.listByKey({ order: 'messageId', perPage: 3 });
    expect(ids(ascending.items)).toEqual([1, 2, 3]);
  });

  test('P40 any page takes at most eight statements, however many builds there are', async () => {
    const counts: Record<string, number[]> = { full: [], min: [], builds: [], byKey: [] };
    for (const size of [5, 20]) {
      await database.current.reset();
      const em = database.current.em();
      let previous: Event | undefined;
      for (let number = 1; number <= 10; number += 1) {
        const current: Event = Event.create(em, `m${number}`, 'k', 3);
        if (previous) {
          em.create(EventDependency, { event: previous, eventDependency: current });
        }
        previous = current;
        let parent: ArtifactBuild | null = null;
        for (let index = 0; index < size; index += 1) {
          const created: ArtifactBuild = ArtifactBuild.create(em, current, `b${index}`, 'image', {
            depOn: index % 2 ? parent : null,
          });
          parent = created;
        }
      }
      await em.flush();
      for (const owner of await em.findAll(ArtifactBuild)) {
        em.create(ArtifactBuildCompose, {
          build: owner,
          compose: em.create(Compose, { odcsComposeId: owner.id }),
        });
      }
      await em.flush();
      const count = (work: Parameters<typeof database.current.countStatements>[0]) =>
        database.current.countStatements(work);
      counts.full?.push(
        await count(async (fresh) => {
          const page = await new EventRepository(fresh).list({ perPage: 10 });
          const json = page.json();
          expect(json).toHaveLength(10);
          expect(json[0]).toMatchObject({ id: 10, depending_events: [9], depends_on_events: [] });
          expect(json.every((each) => 'builds' in each && each.builds.length === size)).toBe(true);
          expect(
            json.every((each) => 'builds' in each && each.builds.every((b) => b.odcs_composes.length === 1)),
          ).toBe(true);
          expect(json.every((each) => 'builds' in each && each.builds[1]?.dep_on === 'b0')).toBe(true);
        }),
      );
      counts.min?.push(
        await count(async (fresh) => {
          const page = await new EventRepository(fresh).list({ full: false });
          expect(page.json()[0]).toMatchObject({ builds_summary: { total: size, BUILD: size } });
        }),
      );
      counts.builds?.push(
        await count(async (fresh) => {
          const page = await new ArtifactBuildRepository(fresh).list({ perPage: 20 });
          expect(page.json()[0]).toMatchObject({ dep_on: size % 2 ? null : expect.any(String) });
        }),
      );
      counts.byKey?.push(await count(async (fresh) => (await new EventRepository(fresh).listByKey()).json()));
    }
    expect(counts).toEqual({ full: [5, 5], min: [4, 4], builds: [3, 3], byKey: [4, 4] });
  });

  test('a page survives damaged rows', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 1024);
    await build(em, parent, 'a', 'image');
    await em.execute("update events set state = 99, requester_metadata = '{'");
    await em.execute(
      "update artifact_builds set type = null, state = 99, rebuild_reason = 99, build_args = '{'",
    );
    expect((await events('')).json()[0]).toMatchObject({ state_name: null, builds: [{ type_name: null }] });
    expect((await builds('')).json()[0]).toMatchObject({ state_name: null, rebuild_reason: 'unknown' });
  });
});

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

test.each([
  ['order_by=-foo', /^An invalid order_by key was suplied, allowed keys are: \['id', 'name', 'event_id'/],
  ['order_by=', /^An invalid order_by key was suplied/],
  ['order_by=-', /^An invalid order_by key was suplied/],
  ['order_by=message_id', /^An invalid order_by key was suplied/],
  ['type=100', /^An invalid artifact type was supplied$/],
  ['type=nope', /^An invalid artifact type was supplied$/],
  ['state=100', /^An invalid state was supplied$/],
  ['state=nope', /^An invalid state was supplied$/],
  ['event_id=abc', /^Invalid event_id was supplied: abc$/],
  ['build_id=1.5', /^Invalid build_id/],
  ['dep_on_id=2147483648', /^Invalid dep_on_id/],
  ['event_type_id=x', /^Invalid event_type_id/],
])('a list of builds refuses %s', (text, message) => {
  expect(() => buildListRequest(query(text))).toThrow(InvalidParameterError);
  expect(() => buildListRequest(query(text))).toThrow(message);
});

test.each([
  ['order_by=-foo', "An invalid order_by key was suplied, allowed keys are: ['id', 'message_id']"],
  ['order_by=', "An invalid order_by key was suplied, allowed keys are: ['id', 'message_id']"],
  ['state=invalid', 'Invalid state was supplied: invalid'],
  ['state=', 'Invalid state was supplied: '],
  ['state=complete&state=-1', 'Invalid state was supplied: -1'],
  ['event_type_id=abc', 'Invalid event_type_id was supplied: abc'],
  ['event_type_id=', 'Invalid event_type_id was supplied: '],
  ['event_type_id=99999999999', 'Invalid event_type_id was supplied: 99999999999'],
  ['state=99999999999', 'Invalid state was supplied: 99999999999'],
])('a list of events refuses %s', (text, message) => {
  try {
    eventListRequest(query(text));
    expect('accepted').toBe('refused');
  } catch (error) {
    expect(error).toMatchObject({ message, status: 400, code: 'INVALID_PARAMETER' });
  }
});

test.each([
  ['', 1, true],
  ['', 2, false],
  ['show_full_json=True', 2, true],
  ['show_full_json=False', 1, false],
  ['show_full_json=maybe', 1, true],
] as const)('show_full_json: "%s" in version %p is %p', (text, version, full) => {
  expect(eventListRequest(query(text), version).full).toBe(full);
});

describe('links of a page', () => {
  const meta = (numbers: { page: number; pages: number; total: number }, url: string) =>
    pageMeta({ perPage: 10, ...numbers }, new URL(url));

  test('keep all values of repeated parameters', () => {
    const url =
      'http://localhost:5001/api/1/events/?state=a&page=2&state=b&per_page=10&_x=1&endpoint=e&search_key=';
    const link = (page: number) =>
      `http://localhost:5001/api/1/events/?page=${page}&per_page=10&state=a&state=b&search_key=`;
    expect(meta({ page: 2, pages: 3, total: 25 }, url)).toEqual({
      page: 2,
      pages: 3,
      per_page: 10,
      total: 25,
      first: link(1),
      last: link(3),
      prev: link(1),
      next: link(3),
    });
  });

  test.each([
    [{ page: 1, pages: 1, total: 3 }, null, null, 1],
    [{ page: 1, pages: 0, total: 0 }, null, null, 1],
    [{ page: 5, pages: 3, total: 25 }, 4, null, 3],
    [{ page: 3, pages: 3, total: 25 }, 2, null, 3],
    [{ page: 1, pages: 3, total: 25 }, null, 2, 3],
  ])('%p', (numbers, prev, next, last) => {
    const link = (page: number | null) => (page === null ? null : `http://h/x?page=${page}&per_page=10`);
    expect(meta(numbers, 'http://h/x')).toMatchObject({
      prev: link(prev),
      next: link(next),
      last: link(last),
    });
  });
});

test('lists of members', () => {
  expect(enumList(ArtifactBuildState)).toEqual([
    { name: 'BUILD', id: 0 },
    { name: 'DONE', id: 1 },
    { name: 'FAILED', id: 2 },
    { name: 'CANCELED', id: 3 },
    { name: 'PLANNED', id: 4 },
  ]);
  expect(enumList(ArtifactType).map(({ name }) => name)).toEqual([
    'RPM',
    'IMAGE',
    'MODULE',
    'IMAGE_REPOSITORY',
  ]);
  expect(enumList(EventState)).toHaveLength(6);
  expect(enumList(EventType).map(({ id }) => id)).toEqual(Array.from({ length: 19 }, (_, id) => id));
});
