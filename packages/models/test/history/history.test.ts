import { current, downgrade, upgrade } from '@freshmaker/migrator';
import { type Catalog, inOrder, readCatalog, readRows } from './catalog.ts';
import { type EmptyDatabase, engines, oracle, oracleDump, scripts } from './engines.ts';

interface SchemaRecording {
  readonly revisions: readonly { readonly revision: string; readonly tables: Catalog }[];
}

type Rows = Record<string, Record<string, unknown>[]>;

interface DataRecording {
  readonly scenario: string;
  readonly seeded_at: string;
  readonly rows_in: Rows;
  readonly steps: readonly {
    readonly command?: string;
    readonly sql?: string;
    readonly alembic_version?: readonly string[];
    readonly rows: Rows;
  }[];
}

describe.each(engines)('the history on $name', ({ dialect, create }) => {
  const { revisions } = oracle<SchemaRecording>(`schemas.${dialect}.json`);
  const catalogOf = async ({ driver }: EmptyDatabase) =>
    inOrder(await driver.withSession((session) => readCatalog(session, dialect)));
  const rowsOf = ({ driver }: EmptyDatabase) => driver.withSession((session) => readRows(session, dialect));
  const recorded = (at: number) => {
    const tables = revisions[at]?.tables;
    if (tables) return inOrder(tables);
    const { alembic_version } = revisions[0]?.tables ?? {};
    return alembic_version ? inOrder({ alembic_version }) : {};
  };

  test('equals the recording after every single step up, and down again', async () => {
    await using database = await create();
    const context = { scripts, driver: database.driver };
    for (const [at, { revision }] of revisions.entries()) {
      const { applied } = await upgrade(context, '+1');
      expect(applied.map((each) => each.revision)).toEqual([revision]);
      expect(await catalogOf(database)).toEqual(recorded(at));
    }
    for (let at = revisions.length - 1; at >= 0; at--) {
      const { applied } = await downgrade(context);
      expect(applied.map((each) => each.revision)).toEqual([revisions[at]?.revision]);
      expect(await catalogOf(database)).toEqual(withComposeIdLast(recorded(at - 1), at));
    }
  });

  test('runs up and down in one command each, twice', async () => {
    await using database = await create();
    const context = { scripts, driver: database.driver };
    for (const _round of [1, 2]) {
      expect((await upgrade(context)).applied).toHaveLength(revisions.length);
      expect(await catalogOf(database)).toEqual(recorded(revisions.length - 1));
      expect((await downgrade(context, 'base')).applied).toHaveLength(revisions.length);
      expect(await catalogOf(database)).toEqual(recorded(-1));
      expect((await current(context)).current).toEqual([]);
    }
  });

  describe('data steps give the recorded rows', () => {
    test.each(oracle<DataRecording[]>(`data-migrations.${dialect}.json`))('$scenario', async (recording) => {
      await using database = await create();
      const context = { scripts, driver: database.driver };
      await upgrade(context, recording.seeded_at);
      await seed(database, recording.rows_in);
      for (const step of recording.steps) {
        await perform(context, step);
        const rows = await rowsOf(database);
        expect(rows).toEqual(step.rows);
        if (step.alembic_version) {
          expect(rows.alembic_version?.map((row) => row.version_num)).toEqual(step.alembic_version);
        }
      }
    });
  });

  test.each([
    ['at-6004dadc9ac4', '6004dadc9ac4'],
    ['at-head', 'fcba8824bf8d'],
  ])('takes over a database that Alembic made, %s', async (name, revision) => {
    await using database = await create();
    await database.restore(oracleDump(`${dialect}-${name}.sql`));
    const context = { scripts, driver: database.driver };
    const before = await rowsOf(database);
    expect((await current(context)).current.map((each) => each.revision)).toEqual([revision]);
    await upgrade(context);
    expect((await current(context)).current).toEqual([{ revision: 'fcba8824bf8d', isHead: true }]);
    expect(await catalogOf(database)).toEqual(recorded(revisions.length - 1));
    const after = await rowsOf(database);
    const untouched = name === 'at-head' ? Object.keys(before) : ['users', 'event_dependencies'];
    for (const table of untouched) expect(after[table]).toEqual(before[table]);
    for (const table of ['events', 'artifact_builds']) {
      expect(after[table]).toMatchObject((before[table] ?? []).map(({ compose_id: _, ...row }) => row));
    }
  });

  /** On the way down `events.compose_id` comes back as the last column. */
  function withComposeIdLast(catalog: Catalog, at: number): Catalog {
    const revert = revisions.findIndex((each) => each.revision === 'b17231ee8220');
    const { events } = catalog;
    if (at > revert || !events) return catalog;
    const isCompose = (column: Record<string, unknown>) => column.name === 'compose_id';
    return {
      ...catalog,
      events: {
        ...events,
        columns: [...events.columns.filter((each) => !isCompose(each)), ...events.columns.filter(isCompose)],
      },
    };
  }

  async function seed({ driver }: EmptyDatabase, rows: Rows): Promise<void> {
    // Parents before children.
    const order = [
      'users',
      'events',
      'artifact_builds',
      'event_dependencies',
      'composes',
      'artifact_build_composes',
    ];
    await driver.withSession(async (session) => {
      for (const table of order) {
        for (const row of rows[table] ?? []) {
          const names = Object.keys(row);
          const marks = names.map((_, at) => (dialect === 'sqlite' ? '?' : `$${at + 1}`));
          await session.query(
            `INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks.join(', ')})`,
            Object.values(row),
          );
        }
        const counts = dialect === 'postgresql' && 'id' in (rows[table]?.[0] ?? {});
        if (counts) await session.query(`SELECT setval('${table}_id_seq', (SELECT max(id) FROM ${table}))`);
      }
    });
  }

  async function perform(
    context: Parameters<typeof upgrade>[0],
    { command, sql }: DataRecording['steps'][number],
  ): Promise<void> {
    if (sql) await context.driver.withSession((session) => session.query(sql));
    const [, direction, target] = command?.split(' ') ?? [];
    if (direction === 'upgrade') await upgrade(context, target);
    if (direction === 'downgrade') await downgrade(context, target);
  }
});
