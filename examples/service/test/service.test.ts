import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downgrade, upgrade } from '@freshmaker/migrator/engine';
import { migrationsDirectory } from '@freshmaker/models/migrations';
import {
  createTestDatabase,
  describeEngines,
  type EngineName,
  type SuiteDatabase,
  useTestDatabase,
} from '@freshmaker/testing';
import type { FastifyInstance } from 'fastify';
import { createServer } from '../src/server.ts';

const head = 'fcba8824bf8d';

/** The service opens its database itself. */
const serve = ({ url }: Pick<SuiteDatabase, 'url'>) => createServer({ databaseUrl: url as string });

function testService({ engine }: { readonly engine: EngineName }): void {
  const db = useTestDatabase({ engine, file: true, isolation: 'none' });
  let server: FastifyInstance;
  const get = async (url: string) => {
    const response = await server.inject({ url, headers: { host: 'localhost:5001' } });
    return { status: response.statusCode, ...response.json() };
  };

  beforeAll(async () => {
    const make = db.factories();
    const event = await make.event({ searchKey: '101' });
    for (const searchKey of ['102', '103']) await make.event({ searchKey });
    const parent = await make.build({ event, name: 'parent', state: 'done' });
    const child = await make.build({ event, name: 'child', depOn: parent, state: 'planned' });
    await make.link(child, await make.compose({ odcsComposeId: 77 }));
    server = await serve(db);
  });
  afterAll(() => server.close());

  test('lists events with their builds, newest first, with links', async () => {
    const { status, items, meta } = await get(
      '/api/1/events/?per_page=2&search_key=101&search_key=102&search_key=103',
    );
    expect(status).toBe(200);
    expect(items.map(({ id }: { id: number }) => id)).toEqual([3, 2]);
    expect(items[0]).toMatchObject({ url: '/api/1/events/3', builds: [] });
    expect(meta).toMatchObject({ page: 1, pages: 2, per_page: 2, total: 3, prev: null });
    expect(meta.next).toBe(
      'http://localhost:5001/api/1/events/?page=2&per_page=2&search_key=101&search_key=102&search_key=103',
    );
    const next = await get(meta.next.replace('http://localhost:5001', ''));
    expect(next.items.map(({ id }: { id: number }) => id)).toEqual([1]);
  });

  test('shows one event, short in the second version', async () => {
    expect(await get('/api/1/events/1')).toMatchObject({
      status: 200,
      id: 1,
      builds: [{ name: 'parent' }, { name: 'child', dep_on: 'parent', odcs_composes: [77] }],
    });
    expect(await get('/api/2/events/1')).toMatchObject({ builds_summary: { total: 2, DONE: 1, PLANNED: 1 } });
    expect(await get('/api/2/events/1?show_full_json=True')).toHaveProperty('builds');
    expect((await get('/api/2/events/')).items[0]).toHaveProperty('builds_summary');
  });

  test('lists builds, and shows one', async () => {
    expect((await get('/api/1/builds/?state=planned')).items).toMatchObject([{ id: 2, name: 'child' }]);
    expect((await get('/api/1/builds/?event_search_key=101&order_by=id')).items).toHaveLength(2);
    expect(await get('/api/1/builds/2')).toMatchObject({ id: 2, dep_on_id: 1, url: '/api/1/builds/2' });
  });

  test.each([
    ['/api/1/events/99', 404, 'Not Found', 'No such event found.'],
    ['/api/1/events/99999999999', 404, 'Not Found', 'No such event found.'],
    ['/api/1/events/abc', 404, 'Not Found', 'No such event found.'],
    ['/api/1/builds/99', 404, 'Not Found', 'No such build found.'],
    ['/api/1/event-types/99', 404, 'Not Found', 'No such event type found.'],
    ['/api/1/build-types/99', 404, 'Not Found', 'No such build type found.'],
    ['/api/1/build-states/99', 404, 'Not Found', 'No such build state found.'],
    ['/nowhere', 404, 'Not Found', 'The requested URL was not found.'],
    ['/api/1/events/?state=nope', 400, 'Bad Request', 'Invalid state was supplied: nope'],
    ['/api/1/builds/?event_id=abc', 400, 'Bad Request', 'Invalid event_id was supplied: abc'],
    ['/api/1/builds/?type=100', 400, 'Bad Request', 'An invalid artifact type was supplied'],
  ])('%s is %p', async (url, status, error, message) => {
    const response = await server.inject(url);
    expect([response.statusCode, response.json()]).toEqual([status, { status, error, message }]);
  });

  test('lists the members of enumerations', async () => {
    expect((await get('/api/1/event-types/')).items).toHaveLength(19);
    expect(await get('/api/1/event-types/13')).toMatchObject({
      name: 'ManualRebuildWithAdvisoryEvent',
      id: 13,
    });
    expect((await get('/api/1/build-types/')).items[1]).toEqual({ name: 'IMAGE', id: 1 });
    expect((await get('/api/1/build-states/')).items[4]).toEqual({ name: 'PLANNED', id: 4 });
  });

  test('says which revision it is at', async () => {
    const response = await server.inject('/health');
    expect([response.statusCode, response.json()]).toEqual([200, { status: 'ok', revisions: [head] }]);
  });

  test('does not start on a database that is not at head', async () => {
    await using behind = await createTestDatabase({ engine, file: true });
    const context = { driver: behind.driver, scripts: { directory: migrationsDirectory } };
    for (const revision of ['-1', 'base']) {
      await downgrade(context, revision);
      await expect(serve(behind)).rejects.toMatchObject({ code: 'DATABASE_NOT_AT_HEAD' });
    }
    await upgrade(context, 'head');
    await (await serve(behind)).close();
  });
}

// PGlite is inside one process, and one connection.
describeEngines('the service', testService, ['sqlite', 'postgresql']);

test('a SQLite file that is missing stays missing', async () => {
  const path = join(tmpdir(), 'freshmaker-service-missing.db');
  await expect(createServer({ databaseUrl: `sqlite:///${path}` })).rejects.toMatchObject({
    code: 'DATABASE_NOT_AT_HEAD',
  });
  expect(existsSync(path)).toBe(false);
});
