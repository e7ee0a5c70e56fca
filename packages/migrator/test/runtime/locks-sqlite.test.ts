import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { stamp } from '../../src/commands/stamp.ts';
import { downgrade, upgrade } from '../../src/commands/upgrade.ts';
import { tryLockFile } from '../../src/driver/file-lock.ts';
import { chain } from './history.ts';
import { newFolder, type Place, sqlite, versionsOf } from './place.ts';
import { startUpgrade } from './start-upgrade.ts';

const history = chain(
  [
    'aaaa01',
    `op.createTable('numbers', [column('id', t.integer(), { primaryKey: true }), column('value', t.integer())]);
    op.bulkInsert('numbers', [{ id: 1, value: 0 }, { id: 2, value: 0 }]);`,
  ],
  ['aaaa02', `op.alterColumn('numbers', 'value', { type: t.string(9) });`],
);

const pathOf = (place: Place) => (place.settings.dialect === 'sqlite' ? place.settings.path : '');

/** Another connection of this process. */
function connect(place: Place): Database.Database & Disposable {
  const database = new Database(pathOf(place));
  return Object.assign(database, { [Symbol.dispose]: () => void database.close() });
}

/** Whether the system says who holds a lock. */
const namesHolders = (() => {
  try {
    return readFileSync('/proc/locks').length >= 0;
  } catch {
    return false;
  }
})();

test.each(['BEGIN IMMEDIATE', 'BEGIN EXCLUSIVE'])('a writer (%s) is waited for', async (begin) => {
  await using place = await sqlite.open();
  await startUpgrade(place, history.slice(0, 1)).done;
  using writer = connect(place);
  writer.exec(begin);
  const { done, told } = startUpgrade(place, history);
  // Before the version rows can be read, nobody knows yet that there is a revision to announce.
  if (begin === 'BEGIN IMMEDIATE') await told(/Waiting for another migrator/);
  else await new Promise((resolve) => setTimeout(resolve, 50));
  writer.exec('INSERT INTO numbers VALUES (3, 0)');
  writer.exec('COMMIT');
  expect((await done).current).toEqual(['aaaa02']);
  expect(await place.query('SELECT count(*) AS n FROM numbers')).toEqual([{ n: 3 }]);
});

test('a reader that keeps it from committing is waited for', async () => {
  await using place = await sqlite.open();
  await startUpgrade(place, history.slice(0, 1)).done;
  using reader = connect(place);
  const rows = reader.prepare('SELECT * FROM numbers').iterate();
  rows.next();
  const { done, events } = startUpgrade(place, history);
  while (!events.some((event) => event.type === 'statement' && event.sql.includes('RENAME')))
    await new Promise((resolve) => setImmediate(resolve));
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
  expect(await Promise.race([done, 'not yet'])).toBe('not yet');
  rows.return?.();
  expect((await done).current).toEqual(['aaaa02']);
});

test('a reader that stays makes it roll back', async () => {
  await using place = await sqlite.open();
  await startUpgrade(place, history.slice(0, 1)).done;
  using reader = connect(place);
  const rows = reader.prepare('SELECT * FROM numbers').iterate();
  rows.next();
  await expect(startUpgrade(place, history, { timeoutSeconds: 0.2 }).done).rejects.toMatchObject({
    code: 'DATABASE_LOCKED',
    facts: { revision: 'aaaa02' },
  });
  rows.return?.();
  expect(await versionsOf(place)).toEqual(['aaaa01']);
  expect((await startUpgrade(place, history).done).current).toEqual(['aaaa02']);
});

test('--lock fail does not wait; --lock skip leaves the work', async () => {
  await using place = await sqlite.open();
  await startUpgrade(place, history.slice(0, 1)).done;
  using writer = connect(place);
  writer.exec('BEGIN IMMEDIATE');
  await expect(startUpgrade(place, history, { mode: 'fail' }).done).rejects.toMatchObject({
    code: 'DATABASE_LOCKED',
  });
  expect(await startUpgrade(place, history, { mode: 'skip' }).done).toEqual({
    applied: [],
    current: ['aaaa01'],
  });
  const context = { driver: place.driver, scripts: place.scripts(history) };
  await expect(stamp(context, 'base', { lock: { mode: 'fail' } })).rejects.toMatchObject({
    code: 'DATABASE_LOCKED',
  });
  // A database that is at its target takes no lock.
  const lock = { mode: 'fail' } as const;
  expect(await upgrade(context, 'aaaa01', { lock })).toEqual({ applied: [], current: ['aaaa01'] });
});

test('--lock skip leaves the work at once where the file cannot even be read, and where a reader stays', async () => {
  await using place = await sqlite.open();
  await startUpgrade(place, history.slice(0, 1)).done;
  using other = connect(place);
  other.exec('BEGIN EXCLUSIVE');
  const { done, events } = startUpgrade(place, history, { mode: 'skip', timeoutSeconds: 3600 });
  expect(await done).toEqual({ applied: [], current: [], unread: true });
  const locked = {
    type: 'warning',
    message: expect.stringMatching(/ is locked.* The work is left to it\.$/),
  };
  expect(events).toEqual([locked]);
  const context = { driver: place.driver, scripts: place.scripts(history) };
  const lock = { mode: 'skip', timeoutSeconds: 3600 } as const;
  expect(await downgrade(context, 'base', { lock })).toEqual({ applied: [], current: [], unread: true });
  other.exec('COMMIT');

  const rows = other.prepare('SELECT * FROM numbers').iterate();
  rows.next();
  const left = startUpgrade(place, history, { mode: 'skip', timeoutSeconds: 3600 });
  expect(await left.done).toEqual({ applied: [], current: ['aaaa01'] });
  expect(left.events.at(-1)).toEqual({
    type: 'warning',
    message: expect.stringMatching(/^Another session is in the way.*: the revision is left undone\.$/),
  });
  rows.return?.();
  expect((await startUpgrade(place, history).done).current).toEqual(['aaaa02']);
});

/** Another process that writes the file, and stays. */
async function startWriter(place: Place): Promise<{ readonly pid: number | undefined } & AsyncDisposable> {
  const program = `const database = require('better-sqlite3')(${JSON.stringify(pathOf(place))});
    database.exec("BEGIN IMMEDIATE; INSERT INTO numbers VALUES (9, 9)"); process.stdout.write('locked'); process.stdin.resume();`;
  const child = spawn(process.execPath, ['-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  await once(child.stdout, 'data');
  return {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

describe.each([
  { what: 'since it began to write', leftBehind: false, since: expect.stringMatching(/^\d{4}-.*Z$/) },
  {
    what: 'and not since a run before was killed, whose journal it goes on in',
    leftBehind: true,
    since: null,
  },
])('the process that holds the file is named', ({ what, leftBehind, since }) => {
  (namesHolders ? test : test.skip)(what, async () => {
    await using place = await sqlite.open();
    await startUpgrade(place, history.slice(0, 1)).done;
    // As a run leaves it that dies between two revisions.
    if (leftBehind) writeFileSync(`${pathOf(place)}-journal`, Buffer.alloc(512));
    {
      await using writer = await startWriter(place);
      const error = await startUpgrade(place, history, { timeoutSeconds: 0.1 }).done.catch((each) => each);
      expect(error).toMatchObject({
        code: 'DATABASE_LOCKED',
        message: expect.stringContaining(`process ${writer.pid} "`),
        facts: { holder: { pid: writer.pid, host: hostname(), since } },
      });
      expect(error.message.includes(' since ')).toBe(!leftBehind);
    }
    // What it had begun is rolled back by whoever comes next.
    expect((await startUpgrade(place, history).done).current).toEqual(['aaaa02']);
    expect(await place.query('SELECT count(*) AS n FROM numbers')).toEqual([{ n: 2 }]);
  });
});

test('a lock on a file is one at a time, and leaves no file', async () => {
  const path = join(newFolder(), 'lock');
  const first = await tryLockFile(path);
  expect(first).not.toBeNull();
  expect(await tryLockFile(path)).toBeNull();
  first?.release();
  const second = await tryLockFile(path);
  expect(second).not.toBeNull();
  second?.release();
  expect(() => readFileSync(path)).toThrow('ENOENT');
});

test('an interrupt ends a wait, and a revision between its statements', async () => {
  await using place = await sqlite.open();
  await startUpgrade(place, history.slice(0, 1)).done;
  using writer = connect(place);
  writer.exec('BEGIN IMMEDIATE');
  const first = new AbortController();
  const waiting = startUpgrade(place, history, {}, first.signal);
  await waiting.told(/Waiting/);
  first.abort();
  await expect(waiting.done).rejects.toMatchObject({ code: 'INTERRUPTED' });
  writer.exec('ROLLBACK');

  const second = new AbortController();
  const working = startUpgrade(place, history, {}, second.signal);
  await working.told(/Rebuilding table "numbers"/);
  second.abort();
  await expect(working.done).rejects.toMatchObject({
    code: 'INTERRUPTED',
    message: expect.stringContaining('was interrupted and rolled back'),
    facts: { revision: 'aaaa02', applied: [] },
  });
  expect(await versionsOf(place)).toEqual(['aaaa01']);
  expect((await startUpgrade(place, history).done).current).toEqual(['aaaa02']);
});
