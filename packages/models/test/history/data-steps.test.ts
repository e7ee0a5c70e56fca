import { downgrade, ExecutionError, upgrade } from '@freshmaker/migrator';
import { readCatalog, readRows } from './catalog.ts';
import { type EmptyDatabase, engines, scripts } from './engines.ts';

const event = (id: number, composeId: number | null = null, messageId = `m${id}`) =>
  `INSERT INTO events (id, message_id, search_key, event_type_id, state, compose_id) VALUES (${id}, '${messageId}', 'k', 8, 0, ${composeId})`;
const build = (id: number, eventId: number | null) =>
  `INSERT INTO artifact_builds (id, name, state, time_submitted, event_id) VALUES (${id}, 'b${id}', 0, '2017-12-01 00:00:00', ${eventId})`;
const compose = (id: number, odcsId: number) =>
  `INSERT INTO composes (id, odcs_compose_id) VALUES (${id}, ${odcsId})`;
const link = (buildId: number, composeId: number) =>
  `INSERT INTO artifact_build_composes (build_id, compose_id) VALUES (${buildId}, ${composeId})`;
const withoutCompose = (statement: string) => statement.replace(', compose_id)', ')').replace(', null)', ')');

describe.each(engines)('data steps on $name', ({ dialect, create }) => {
  async function at(revision: string, statements: readonly string[]): Promise<EmptyDatabase> {
    const database = await create();
    await upgrade({ scripts, driver: database.driver }, revision);
    await database.driver.withSession(async (session) => {
      for (const statement of statements) await session.query(statement);
      if (dialect === 'sqlite') return;
      for (const table of ['events', 'artifact_builds', 'composes']) {
        await session.query(`SELECT setval('${table}_id_seq', (SELECT coalesce(max(id), 1) FROM ${table}))`);
      }
    });
    return database;
  }

  const read = ({ driver }: EmptyDatabase) =>
    driver.withSession(async (session) => ({
      rows: await readRows(session, dialect),
      catalog: await readCatalog(session, dialect),
    }));

  async function failure(work: Promise<unknown>): Promise<ExecutionError> {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ExecutionError);
    return error as ExecutionError;
  }

  test('e06434b3ef5e keeps the lowest of equal composes and one link of each build', async () => {
    await using database = await at('b17231ee8220', [
      withoutCompose(event(1)),
      build(1, 1),
      build(2, 1),
      build(3, 1),
      compose(2, 200),
      compose(5, 200),
      compose(7, 200),
      compose(8, 9),
      link(1, 2),
      link(1, 5),
      link(2, 5),
      link(2, 7),
      link(3, 8),
    ]);
    await upgrade({ scripts, driver: database.driver }, 'e06434b3ef5e');
    const { rows } = await read(database);
    expect(rows.composes).toEqual([
      { id: 2, odcs_compose_id: 200 },
      { id: 8, odcs_compose_id: 9 },
    ]);
    expect(rows.artifact_build_composes).toEqual([
      { build_id: 1, compose_id: 2 },
      { build_id: 2, compose_id: 2 },
      { build_id: 3, compose_id: 8 },
    ]);
  });

  test('b17231ee8220 keeps a link that is there already', async () => {
    await using database = await at('6004dadc9ac4', [
      event(1, 200),
      build(1, 1),
      build(2, 1),
      compose(3, 200),
      compose(4, 7),
      link(1, 3),
      link(2, 4),
    ]);
    await upgrade({ scripts, driver: database.driver }, 'b17231ee8220');
    const { rows } = await read(database);
    expect(rows.artifact_build_composes).toEqual([
      { build_id: 1, compose_id: 3 },
      { build_id: 2, compose_id: 3 },
      { build_id: 2, compose_id: 4 },
    ]);
  });

  test('b17231ee8220 is taken back: events get their compose, the compose tables are empty', async () => {
    await using database = await at('head', [
      ...[event(1), event(2), event(3)].map(withoutCompose),
      build(1, 1),
      build(2, 1),
      build(3, 2),
      build(4, null),
      compose(1, 200),
      compose(2, -7),
      link(1, 1),
      link(2, 1),
      link(3, 2),
    ]);
    await downgrade({ scripts, driver: database.driver }, '6004dadc9ac4');
    const { rows } = await read(database);
    expect(rows.events?.map(({ id, compose_id }) => ({ id, compose_id }))).toEqual([
      { id: 1, compose_id: 200 },
      { id: 2, compose_id: -7 },
      { id: 3, compose_id: null },
    ]);
    expect(rows.composes).toEqual([]);
    expect(rows.artifact_build_composes).toEqual([]);
    expect(rows.artifact_builds).toHaveLength(4);
  });

  test.each([
    ['a compose without a build', [compose(1, 200)], /compose 1 \(ODCS 200\)/],
    [
      'a compose whose build has no event',
      [build(1, null), compose(3, 5), link(1, 3)],
      /compose 3 \(ODCS 5\)/,
    ],
    [
      'an event with several composes',
      [build(1, 1), build(2, 1), compose(1, 200), compose(2, 201), link(1, 1), link(2, 2)],
      /event 1 /,
    ],
  ])('b17231ee8220 is not taken back with %s', async (_, statements, message) => {
    await using database = await at('b17231ee8220', [withoutCompose(event(1)), ...statements]);
    const before = await read(database);
    const error = await failure(downgrade({ scripts, driver: database.driver }));
    expect(error.code).toBe('IRREVERSIBLE');
    expect(error.message).toMatch(message);
    expect(error.facts).toMatchObject({ revision: 'b17231ee8220', direction: 'downgrade' });
    expect(await read(database)).toEqual(before);
  });

  test.each([
    [
      'f3223db11e48',
      'e06434b3ef5e',
      [
        ...[event(1), event(2)].map(withoutCompose),
        'INSERT INTO event_dependencies (event_id, event_dependency_id) VALUES (1, 2)',
        'INSERT INTO event_dependencies (event_id, event_dependency_id) VALUES (1, 2)',
        'INSERT INTO event_dependencies (event_id, event_dependency_id) VALUES (2, 1)',
      ],
      { event_id: 1, event_dependency_id: 2, rows: 2 },
      'event_dependencies',
    ],
    [
      '807ea37dcf0e',
      'f3223db11e48',
      [event(1, null, 'same'), event(2, null, 'same'), event(3, null, 'other')].map(withoutCompose),
      { message_id: 'same', rows: 2 },
      'events',
    ],
  ])(
    '%s names duplicate rows and changes nothing',
    async (revision, before, statements, duplicate, table) => {
      await using database = await at(before, statements);
      const state = await read(database);
      const error = await failure(upgrade({ scripts, driver: database.driver }));
      expect(error.code).toBe('MIGRATION_FAILED');
      expect(error.facts).toMatchObject({ revision, direction: 'upgrade', table, duplicates: [duplicate] });
      expect(error.facts.statement).toMatch(/CREATE UNIQUE INDEX/i);
      expect(error.hint).toMatch(/^Find the rows with: SELECT/);
      const query = String(error.facts.query);
      const found = await database.driver.withSession((session) => session.query(query));
      expect(found.rows).toHaveLength(2);
      expect(await read(database)).toEqual(state);
    },
  );

  test('steps before one that fails stay applied, and the error says so', async () => {
    await using database = await at(
      'b17231ee8220',
      [event(1, null, 'same'), event(2, null, 'same')].map(withoutCompose),
    );
    const error = await failure(upgrade({ scripts, driver: database.driver }));
    expect(error.message).toMatch(/2 step\(s\) before it stay applied/);
    expect(error.facts.applied).toMatchObject([{ revision: 'e06434b3ef5e' }, { revision: 'f3223db11e48' }]);
    const { rows } = await read(database);
    expect(rows.alembic_version).toEqual([{ version_num: 'f3223db11e48' }]);
  });
});
