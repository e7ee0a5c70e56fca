import {
  ArtifactBuild,
  ArtifactBuildCompose,
  ArtifactBuildRepository,
  buildListRequest,
  Compose,
  Event,
  EventDependency,
  EventRepository,
  eventListRequest,
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
