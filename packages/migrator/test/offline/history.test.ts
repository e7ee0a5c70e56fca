import { fileURLToPath } from 'node:url';
import { offlineDowngrade, offlineStamp, offlineUpgrade } from '../../src/commands/offline.ts';
import { stamp } from '../../src/commands/stamp.ts';
import { downgrade, upgrade } from '../../src/commands/upgrade.ts';
import type { DialectName } from '../../src/driver/driver.ts';
import { type ShellDatabase, shellEngines } from './engines.ts';

const scripts = { directory: fileURLToPath(new URL('../../../models/migrations', import.meta.url)) };

/** Rows that the data steps have to move, merge and convert. */
const seed = `
  INSERT INTO events (id, message_id, search_key, event_type_id, manual_triggered, state, compose_id) VALUES
    (1, 'one', 'k', 1, NULL, 2, 10), (2, 'two''s', 'k', 2, NULL, 2, 11), (3, 'three', 'k', 2, NULL, 0, NULL);
  INSERT INTO artifact_builds (id, name, type, state, time_submitted, event_id) VALUES
    (1, 'a', 1, 1, '2017-10-10 10:10:10.000000', 1), (2, 'b', 1, 1, '2017-10-10 10:10:10.000000', 2),
    (3, 'c', 1, 1, '2017-10-10 10:10:10.000000', 3);
  INSERT INTO event_dependencies (id, event_id, event_dependency_id) VALUES (1, 1, 2);
`;

describe.each(shellEngines)('$name', ({ dialect, lend }) => {
  const context = { scripts, dialect };

  /** One database that runs the command, one that is fed its SQL: what is in them then. */
  async function bothWays(
    prepare: (database: ShellDatabase) => Promise<unknown>,
    run: (database: ShellDatabase) => Promise<unknown>,
    sql: string,
  ) {
    const look = async (database: ShellDatabase) => ({
      schema: await database.inspect(),
      contents: await database.contents(),
    });
    const [executed, fed] = [
      await lend(async (database) => {
        await prepare(database);
        await run(database);
        return look(database);
      }),
      await lend(async (database) => {
        await prepare(database);
        await database.feed(sql);
        return look(database);
      }),
    ];
    return { executed, fed };
  }

  const nothing = async () => undefined;

  test('the whole history from an empty database', async () => {
    const { sql } = await offlineUpgrade(context);
    const { executed, fed } = await bothWays(nothing, ({ driver }) => upgrade({ scripts, driver }), sql);
    expect(fed).toEqual(executed);
    expect(fed.contents.alembic_version).toEqual([{ version_num: 'fcba8824bf8d' }]);
  });

  test('a range over rows that data steps move', async () => {
    const prepare = async ({ driver, feed }: ShellDatabase) => {
      await upgrade({ scripts, driver }, '90f8');
      await feed(seed);
    };
    const { sql } = await offlineUpgrade(context, '90f8:head');
    const { executed, fed } = await bothWays(prepare, ({ driver }) => upgrade({ scripts, driver }), sql);
    expect(fed).toEqual(executed);
    expect(fed.contents.artifact_build_composes).toHaveLength(2);
  });

  test('a range downwards', async () => {
    const prepare = ({ driver }: ShellDatabase) => upgrade({ scripts, driver });
    const { sql } = await offlineDowngrade(context, 'head:b172');
    const { executed, fed } = await bothWays(
      prepare,
      ({ driver }) => downgrade({ scripts, driver }, 'b172'),
      sql,
    );
    expect(fed).toEqual(executed);
  });

  test('a stamp', async () => {
    const { sql } = await offlineStamp(context, ['b172']);
    const { executed, fed } = await bothWays(
      nothing,
      ({ driver }) => stamp({ scripts, driver }, 'b172'),
      sql,
    );
    expect(fed).toEqual(executed);
    const prepare = ({ driver }: ShellDatabase) => stamp({ scripts, driver }, 'b172');
    const moved = await offlineStamp(context, ['b172:head']);
    const ways = await bothWays(prepare, ({ driver }) => stamp({ scripts, driver }, 'head'), moved.sql);
    expect(ways.fed).toEqual(ways.executed);
  });

  test('each revision is a transaction of its own with its version row', async () => {
    const { sql } = await offlineUpgrade(context);
    const lines = sql.split('\n');
    const begins = lines.filter((line) => /^BEGIN( IMMEDIATE)?;$/.test(line));
    expect([begins.length, lines.filter((line) => line === 'COMMIT;').length]).toEqual([20, 20]);
    expect(lines.filter((line) => /^(INSERT INTO|UPDATE) "alembic_version" /.test(line))).toHaveLength(20);
    expect(lines).toContain('-- Running upgrade 43b3c6580af7 -> bfc0e0d2eea6, Add compose_id to Event');
  });

  test('what reads rows first is refused by name, before anything is printed, unless it is left out', async () => {
    await expect(offlineDowngrade(context, 'head:6004')).rejects.toMatchObject({
      code: 'OFFLINE_NOT_POSSIBLE',
      message: expect.stringContaining('downgrade of revision b17231ee8220'),
      facts: { revision: 'b17231ee8220', direction: 'downgrade', step: 1 },
      hint: expect.stringContaining('--skip-data-steps'),
    });
    const { sql } = await offlineDowngrade(context, 'head:6004', { skipDataSteps: true });
    expect(sql).toMatch(/^-- SKIPPED data step 1 of revision b17231ee8220/m);
  });
});

describe('what can be printed', () => {
  const context = { scripts, dialect: 'sqlite' as DialectName };

  test('nothing to do is no text', async () => {
    expect(await offlineUpgrade(context, 'head:b172')).toEqual({ sql: '' });
    expect(await offlineStamp(context, ['b172:b172'])).toEqual({ sql: '' });
  });

  test.each([
    ['a downgrade without a range', () => offlineDowngrade(context, 'b172'), 'USAGE_INVALID'],
    ['a place that only a database knows', () => offlineUpgrade(context, 'current:head'), 'USAGE_INVALID'],
    ['a downgrade upwards', () => offlineDowngrade(context, 'b172:head'), 'NOT_A_DOWNGRADE_TARGET'],
    ['a range beside another target', () => offlineStamp(context, ['a:b', 'c']), 'USAGE_INVALID'],
    ['an unknown revision', () => offlineUpgrade(context, 'nope:head'), 'REVISION_NOT_FOUND'],
  ])('%s is refused', async (_, print, code) => {
    await expect(print()).rejects.toMatchObject({ code });
  });
});
