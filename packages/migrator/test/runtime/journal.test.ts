import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { upgrade } from '../../src/commands/upgrade.ts';
import { keepJournal } from '../../src/dialects/sqlite/journal.ts';
import { chain } from './history.ts';
import { type Place, sqlite } from './place.ts';

const history = chain(
  ['aaaa01', `op.createTable('t', [column('id', t.integer(), { primaryKey: true })]);`],
  ['aaaa02', `op.addColumn('t', column('a', t.text()));`],
  ['aaaa03', `op.execute('INSERT INTO t (id) VALUES (1)');`],
);

const journalOf = (place: Place) => join(place.folder, 'test.db-journal');

/** Whether the journal was there after each revision. */
async function upgradeWatching(place: Place): Promise<boolean[]> {
  const kept: boolean[] = [];
  await upgrade({
    driver: place.driver,
    scripts: place.scripts(history),
    listener: ({ type }) => {
      if (type === 'stepFinished') kept.push(existsSync(journalOf(place)));
    },
  });
  return kept;
}

test('the revisions of a run share a journal, which ends with the run', async () => {
  await using place = await sqlite.open();
  expect(await upgradeWatching(place)).toEqual([true, true, true]);
  expect(existsSync(journalOf(place))).toBe(false);
  const mode = await place.driver.withSession((session) => session.query('PRAGMA journal_mode'));
  expect(mode.rows).toEqual([{ journal_mode: 'delete' }]);
});

test('it ends with a run that fails, too', async () => {
  await using place = await sqlite.open();
  const failing = [
    ...history,
    ...chain(['aaaa03', ''], ['aaaa04', `op.execute('SELECT nonsense');`]).slice(1),
  ];
  await expect(upgrade({ driver: place.driver, scripts: place.scripts(failing) })).rejects.toMatchObject({
    facts: { revision: 'aaaa04' },
  });
  expect(existsSync(journalOf(place))).toBe(false);
  expect(await place.query('SELECT id FROM t')).toEqual([{ id: 1 }]);
});

test('a database with write-ahead logging keeps it', async () => {
  await using place = await sqlite.open();
  await place.query('PRAGMA journal_mode = WAL');
  expect(await upgradeWatching(place)).toEqual([false, false, false]);
  expect(await place.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
});

test('one that a killed run has left is no obstacle, and goes with the next', async () => {
  await using place = await sqlite.open();
  await place.query('CREATE TABLE kept (id INTEGER)');
  writeFileSync(journalOf(place), Buffer.alloc(8192));
  await upgradeWatching(place);
  expect(existsSync(journalOf(place))).toBe(false);
  expect(await place.query('SELECT count(*) AS count FROM kept')).toEqual([{ count: 0 }]);
});

test('another writer does not keep a run from ending that was rolled back', async () => {
  await using place = await sqlite.open();
  await place.driver.withSession(async (session) => {
    await session.query('PRAGMA busy_timeout = 0');
    const putBack = await keepJournal(session);
    await session.query('BEGIN IMMEDIATE');
    await session.query('CREATE TABLE t (id INTEGER)');
    await session.query('ROLLBACK');
    await place.withSession(async (other) => {
      await other.query('BEGIN EXCLUSIVE');
      await putBack();
      await other.query('COMMIT');
    });
  });
  expect(await place.query('SELECT name FROM sqlite_schema')).toEqual([]);
});
