import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { ArtifactBuild, Compose, Event, User } from '../src/index.ts';
import { engines, openDatabase, type TestDatabase } from './database.ts';

describe.each(engines)('schema on $name', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(engine);
  });
  beforeEach(() => database.reset());
  afterAll(() => database.close());

  test('P01 tables, columns, NOT NULL', async () => {
    const sql =
      engine.dialect === 'sqlite'
        ? `select t.name as "table", c.name as "column", c."notnull" = 0 as nullable
           from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' order by t.name`
        : `select table_name as "table", column_name as "column", is_nullable = 'YES' as nullable
           from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position`;
    const rows: { table: string; column: string; nullable: boolean | number }[] = await database
      .em()
      .execute(sql);
    const tables = Map.groupBy(rows, ({ table }) => table);
    const columns = Object.fromEntries(
      [...tables].map(([table, list]) => [
        table,
        list.map(({ column, nullable }) => (nullable ? column : `${column}!`)).sort(),
      ]),
    );
    expect(columns).toEqual({
      users: ['id!', 'username!'],
      events: [
        'dry_run',
        'event_type_id!',
        'id!',
        'manual_triggered',
        'message_id!',
        'released',
        'requested_rebuilds',
        'requester',
        'requester_metadata',
        'search_key!',
        'state!',
        'state_reason',
        'time_created',
        'time_done',
      ],
      event_dependencies: ['event_dependency_id!', 'event_id!', 'id!'],
      artifact_builds: [
        'build_args',
        'build_id',
        'bundle_pullspec_overrides',
        'dep_on_id',
        'event_id',
        'id!',
        'name!',
        'original_nvr',
        'rebuild_reason',
        'rebuilt_nvr',
        'state!',
        'state_reason',
        'time_completed',
        'time_submitted!',
        'type',
      ],
      composes: ['id!', 'odcs_compose_id!'],
      artifact_build_composes: ['build_id!', 'compose_id!'],
    });
  });

  test.each([
    ['user', (em: ReturnType<TestDatabase['em']>) => User.createUser(em, 'tester1')],
    ['compose', (em: ReturnType<TestDatabase['em']>) => em.create(Compose, { odcsComposeId: 5 })],
  ])('P02 a second %s of the same key is refused', async (_what, create) => {
    const first = database.em();
    first.create(Compose, { odcsComposeId: 5 });
    await first.flush();
    const second = database.em();
    create(second);
    await expect(second.flush()).rejects.toThrow(UniqueConstraintViolationException);
  });

  test('P03 defaults', async () => {
    const em = database.em();
    const event = Event.create(em, 'm1', 'k', 3);
    await em.flush();
    ArtifactBuild.create(em, event, 'ed', 'module');
    await em.flush();
    const [row] = await database.em().execute('select * from events');
    const [build] = await database.em().execute('select * from artifact_builds');
    const stored = (value: boolean) => (engine.dialect === 'sqlite' ? Number(value) : value);
    expect(row).toEqual({
      id: 1,
      message_id: 'm1',
      search_key: 'k',
      event_type_id: 3,
      released: stored(true),
      manual_triggered: stored(false),
      state: 0,
      state_reason: null,
      time_created: expect.stringMatching(/^2017-08-21 13:42:20(\.000000)?$/),
      dry_run: stored(false),
      requester: null,
      requested_rebuilds: null,
      requester_metadata: null,
      time_done: null,
    });
    expect(build).toEqual({
      id: 1,
      name: 'ed',
      type: 2,
      state: 0,
      time_submitted: expect.stringMatching(/^2017-08-21 13:42:20(\.000000)?$/),
      time_completed: null,
      dep_on_id: null,
      event_id: 1,
      build_id: null,
      build_args: null,
      state_reason: null,
      original_nvr: null,
      rebuilt_nvr: null,
      rebuild_reason: 0,
      bundle_pullspec_overrides: null,
    });
  });

  test('an explicit null is replaced by the default on insert, and stored on update', async () => {
    const em = database.em();
    const event = em.create(Event, {
      messageId: 'm1',
      searchKey: 'k',
      eventTypeId: 3,
      released: null,
      dryRun: null,
      manualTriggered: null,
    });
    await em.flush();
    expect([event.state, event.released, event.dryRun, event.manualTriggered]).toEqual([
      0,
      true,
      false,
      false,
    ]);
    event.released = null;
    await em.flush();
    expect(await database.em().findOneOrFail(Event, 1)).toMatchObject({ released: null, dryRun: false });
  });

  test('foreign keys are enforced on every connection', async () => {
    const sql = 'insert into event_dependencies (event_id, event_dependency_id) values (77, 78)';
    await expect(database.em().execute(sql)).rejects.toThrow(/foreign key/i);
    const again = await database.connectAgain();
    await expect(again.em.fork().getConnection().execute(sql)).rejects.toThrow(/foreign key/i);
    await again.close();
  });
});
