import { setTimeout as sleep } from 'node:timers/promises';
import { upgrade } from '../../src/commands/upgrade.ts';
import type { Driver } from '../../src/driver/driver.ts';
import { openDriver } from '../../src/runtime/open-driver.ts';
import type { LockOptions } from '../../src/runtime/waiting/lock-budget.ts';
import { chain } from './history.ts';
import { hasCheckpoint, newFolder, type Place, placeOf, postgresql, versionsOf } from './place.ts';
import { startUpgrade } from './start-upgrade.ts';

const history = chain(
  [
    'aaaa01',
    `op.createTable('numbers', [column('id', t.integer(), { primaryKey: true }), column('value', t.integer())]);
    op.bulkInsert('numbers', [{ id: 1, value: 0 }, { id: 2, value: 0 }]);`,
  ],
  [
    'aaaa02',
    `op.createTable('made_before', [column('a', t.integer())]); op.addColumn('numbers', column('after', t.integer()));`,
  ],
);

/** Lends a connection with an open transaction that has run a statement; it ends when the work does. */
async function whileOthers<Result>(
  place: Place,
  sql: string,
  work: (letGo: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  return place.withSession(async (session) => {
    await session.query("SET application_name = 'somebody'");
    await session.query('BEGIN');
    await session.query(sql);
    let open = true;
    const letGo = async () => {
      if (open) await session.query('ROLLBACK');
      open = false;
    };
    try {
      return await work(letGo);
    } finally {
      await letGo();
    }
  });
}

const somebody = {
  pid: expect.any(Number),
  application: 'somebody',
  host: expect.any(String),
  since: expect.any(String),
};

describe.each(postgresql)('$name', (engine) => {
  test('a table in use is waited for, and those who queue behind are let pass', async () => {
    await using place = await engine.open();
    await startUpgrade(place, history.slice(0, 1)).done;
    await whileOthers(place, 'SELECT * FROM numbers', async (letGo) => {
      const { done, told } = startUpgrade(place, history);
      await told(/Waiting for a lock \(process \d+ "somebody"/);
      // It would wait for ever behind an ALTER TABLE that does.
      expect(await place.query('SELECT count(*)::integer AS n FROM numbers')).toEqual([{ n: 2 }]);
      await told(/in the way \(process \d+ "somebody".*rolled back and tried again/);
      expect(await versionsOf(place)).toEqual(['aaaa01']);
      await letGo();
      expect((await done).current).toEqual(['aaaa02']);
    });
  });

  test('waiting for a table ends, names who is in the way, and leaves nothing', async () => {
    await using place = await engine.open();
    await startUpgrade(place, history.slice(0, 1)).done;
    await whileOthers(place, 'SELECT * FROM numbers', async () => {
      const { done } = startUpgrade(place, history, { timeoutSeconds: 1 });
      await expect(done).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
        message: expect.stringContaining('"somebody"'),
        hint: expect.stringContaining('pg_terminate_backend'),
        facts: { revision: 'aaaa02', statement: expect.stringContaining('"numbers"'), holder: somebody },
      });
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await place.query("SELECT to_regclass('made_before')::text AS name")).toEqual([{ name: null }]);
  });

  test('a version table that is locked is waited for, as long as there is any waiting left', async () => {
    await using place = await engine.open();
    await startUpgrade(place, history.slice(0, 1)).done;
    const expectLocked = async (lock: Partial<LockOptions>) =>
      expect(startUpgrade(place, history, lock).done).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
        message: expect.stringContaining('"somebody"'),
        facts: { holder: { application: 'somebody' } },
      });
    await whileOthers(place, 'LOCK TABLE alembic_version', async (letGo) => {
      await expectLocked({ timeoutSeconds: 0.5 });
      await expectLocked({ mode: 'fail' });
      expect(await startUpgrade(place, history, { mode: 'skip' }).done).toEqual({
        applied: [],
        current: [],
        unread: true,
      });
      const abort = new AbortController();
      const stopped = startUpgrade(place, history, {}, abort.signal);
      await stopped.told(/Waiting for a lock .*"somebody"/);
      abort.abort();
      await expect(stopped.done).rejects.toMatchObject({ code: 'INTERRUPTED' });
      const waiting = startUpgrade(place, history);
      await waiting.told(/Waiting for a lock .*"somebody"/);
      await letGo();
      expect((await waiting.done).current).toEqual([history.at(-1)?.revision]);
    });
  });

  test('--lock fail does not wait for a table; --lock skip leaves the revision and says why', async () => {
    await using place = await engine.open();
    await startUpgrade(place, history.slice(0, 1)).done;
    await whileOthers(place, 'LOCK TABLE numbers', async () => {
      await expect(startUpgrade(place, history, { mode: 'fail' }).done).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
        facts: { holder: somebody },
      });
      const { done, events } = startUpgrade(place, history, { mode: 'skip' });
      expect(await done).toEqual({ applied: [], current: ['aaaa01'] });
      expect(events).toContainEqual({
        type: 'warning',
        message: expect.stringMatching(/"somebody".*left undone/),
      });
    });
  });

  test('another migrator is waited for and named: its host and process, behind a pooler too', async () => {
    await using place = await engine.open();
    const lock =
      "SELECT pg_advisory_xact_lock(1718446962, hashtext(quote_ident(current_schema()) || '.alembic_version'))";
    await whileOthers(place, lock, async (letGo) => {
      const holder = somebody;
      await expect(startUpgrade(place, history, { timeoutSeconds: 0.2 }).done).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
        message: expect.stringContaining('Another migrator'),
        facts: { holder },
      });
      await expect(startUpgrade(place, history, { mode: 'fail' }).done).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
      });
      expect(await startUpgrade(place, history, { mode: 'skip' }).done).toEqual({ applied: [], current: [] });
      const { done, told } = startUpgrade(place, history);
      await told(/Waiting for another migrator \(process \d+ "somebody"/);
      await letGo();
      expect((await done).current).toEqual(['aaaa02']);
    });
    const named = chain(...history.map((each) => [each.revision, each.up] as const), [
      'aaaa03',
      `op.execute("CREATE TABLE seen AS SELECT current_setting('application_name') AS name")`,
    ]);
    await startUpgrade(place, named).done;
    const [{ name } = { name: '' }] = await place.query<{ name: string }>('SELECT name FROM seen');
    expect(name).toMatch(new RegExp(`^migrator .*:${process.pid}$`));
    expect(
      await place.query(
        "SELECT count(*)::integer AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name ~ ':[0-9]+$'",
      ),
    ).toEqual([{ n: 0 }]);
  });

  test('a data step waits for a row in its place, longer than others may', async () => {
    await using place = await engine.open();
    await startUpgrade(place, history).done;
    const waiting = chain(...history.map((each) => [each.revision, each.up] as const), [
      'aaaa03',
      `op.run(async (db, context) => { context.log('begun');
        await db.updateTable('numbers').set((eb) => ({ value: eb('value', '+', 1) })).execute(); });`,
    ]);
    await whileOthers(place, 'UPDATE numbers SET value = 5', async (letGo) => {
      const { done, told, events } = startUpgrade(place, waiting, { attemptSeconds: 0.1 });
      await told(/Waiting for a lock \(process \d+ "somebody"/);
      await letGo();
      await done;
      expect(events.filter((event) => event.type === 'log')).toHaveLength(1);
    });
    expect(await place.query('SELECT value FROM numbers')).toEqual([{ value: 1 }, { value: 1 }]);
  });

  test('a concurrent index waits for old transactions no longer than it may, and is taken up again', async () => {
    await using place = await engine.open();
    await startUpgrade(place, history).done;
    const indexed = chain(...history.map((each) => [each.revision, each.up] as const), [
      'aaaa03',
      `op.createIndex('idx_value', 'numbers', ['value'], { concurrently: true });`,
    ]);
    await whileOthers(place, 'UPDATE numbers SET value = 5', async () => {
      await expect(startUpgrade(place, indexed, { timeoutSeconds: 1 }).done).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
        message: expect.stringContaining('"somebody"'),
        facts: { holder: somebody, operationsDone: 0, operations: 1 },
      });
      await expect(startUpgrade(place, indexed, { mode: 'fail' }).done).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
      });
    });
    expect(await hasCheckpoint(place)).toBe(true);
    expect((await startUpgrade(place, indexed).done).current).toEqual(['aaaa03']);
    expect(
      await place.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'idx_value'::regclass"),
    ).toEqual([{ indisvalid: true }]);
  });

  test("what is read inside the lock is as it is now, whatever the server's default isolation", async () => {
    await using place = await engine.open();
    const [{ name } = { name: '' }] = await place.query<{ name: string }>(
      'SELECT current_database() AS name',
    );
    await place.query(`ALTER DATABASE "${name}" SET default_transaction_isolation = 'serializable'`);
    const scripts = place.scripts(history);
    const drivers = Array.from({ length: 4 }, () => openDriver(place.settings));
    try {
      const results = await Promise.all(drivers.map((driver) => upgrade({ driver, scripts })));
      expect(results.flatMap(({ applied }) => applied.map((each) => each.revision)).toSorted()).toEqual([
        'aaaa01',
        'aaaa02',
      ]);
    } finally {
      for (const driver of drivers) await driver.close();
    }
  });

  test('the server does not end a transaction for being idle, nor the one that holds the lock', async () => {
    await using place = await engine.open();
    const [{ name } = { name: '' }] = await place.query<{ name: string }>(
      'SELECT current_database() AS name',
    );
    await place.query(`ALTER DATABASE "${name}" SET idle_in_transaction_session_timeout = 300`);
    await using second = placeOf(place.settings, newFolder(), async () => undefined);
    const pause = 'await new Promise((resolve) => setTimeout(resolve, 700));';
    const thinking = chain(
      ['aaaa01', `op.run(async () => { ${pause} });`],
      ['aaaa02', `op.run(async () => { ${pause} }, { transactional: false }); op.execute('SELECT 1');`],
    );
    expect((await startUpgrade(second, thinking).done).current).toEqual(['aaaa02']);
  });

  describe('interrupted', () => {
    const slow = chain([
      'aaaa01',
      `op.createTable('made_before', [column('a', t.integer())]); op.execute('SELECT pg_sleep(60)');`,
    ]);

    test('a statement that runs is cancelled, and the revision rolled back', async () => {
      await using place = await engine.open();
      const abort = new AbortController();
      const { done } = startUpgrade(place, slow, {}, abort.signal);
      await untilRunning(place, 'pg_sleep');
      abort.abort('SIGINT');
      await expect(done).rejects.toMatchObject({
        code: 'INTERRUPTED',
        facts: { revision: 'aaaa01', direction: 'upgrade', applied: [] },
      });
      expect(await versionsOf(place)).toEqual([]);
      expect(await place.query("SELECT to_regclass('made_before')::text AS name")).toEqual([{ name: null }]);
    });

    test('so is a query of a data step, and a statement outside the transaction', async () => {
      await using place = await engine.open();
      await startUpgrade(place, history).done;
      const step = chain(...history.map((each) => [each.revision, each.up] as const), [
        'aaaa03',
        `op.run(async (db) => { await db.selectNoFrom((eb) => eb.fn('pg_sleep', [eb.val(60)]).as('s')).execute(); });`,
      ]);
      const abort = new AbortController();
      const { done } = startUpgrade(place, step, {}, abort.signal);
      await untilRunning(place, 'pg_sleep');
      abort.abort();
      await expect(done).rejects.toMatchObject({ code: 'INTERRUPTED' });

      const indexed = chain(...history.map((each) => [each.revision, each.up] as const), [
        'bbbb03',
        `op.createIndex('idx_value', 'numbers', ['value'], { concurrently: true });`,
      ]);
      await whileOthers(place, 'UPDATE numbers SET value = 5', async () => {
        const second = new AbortController();
        const outside = startUpgrade(place, indexed, {}, second.signal);
        await outside.told(/Waiting for a lock/);
        second.abort();
        await expect(outside.done).rejects.toMatchObject({
          code: 'INTERRUPTED',
          facts: { operationsDone: 0 },
        });
      });
      expect((await startUpgrade(place, indexed).done).current).toEqual(['bbbb03']);
    });

    test('a second connection that is still on its way has come and gone when the run ends', async () => {
      await using place = await engine.open();
      let lent = 0;
      const withSession: Driver['withSession'] = async (work) => {
        lent++;
        await sleep(100);
        return place.driver.withSession(work).finally(() => lent--);
      };
      const { dialect, description } = place.driver;
      const exists = async () => true;
      const create = async () => false;
      const close = async () => undefined;
      const driver: Driver = { dialect, description, exists, create, withSession, close };
      const endless = chain([
        'aaaa01',
        `op.run(async (db, context) => {
          context.log('here');
          for (;;) {
            await db.selectNoFrom((eb) => eb.val(1).as('one')).execute();
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        });`,
      ]);
      const abort = new AbortController();
      const { done, told } = startUpgrade({ ...place, driver }, endless, {}, abort.signal);
      await told(/here/);
      abort.abort();
      await expect(done).rejects.toMatchObject({ code: 'INTERRUPTED' });
      expect(lent).toBe(0);
    });

    test('waiting ends at once', async () => {
      await using place = await engine.open();
      await startUpgrade(place, history.slice(0, 1)).done;
      await whileOthers(place, 'LOCK TABLE numbers', async () => {
        const abort = new AbortController();
        const { done, told } = startUpgrade(place, history, {}, abort.signal);
        await told(/Waiting for a lock/);
        abort.abort();
        await expect(done).rejects.toMatchObject({ code: 'INTERRUPTED' });
      });
      expect(await versionsOf(place)).toEqual(['aaaa01']);
    });
  });
});

async function untilRunning(place: Place, text: string): Promise<void> {
  for (;;) {
    const running = await place.query(
      `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND datname = current_database() AND strpos(query, '${text}') > 0`,
    );
    if (running.length > 0) return;
  }
}
