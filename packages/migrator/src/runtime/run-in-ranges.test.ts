import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { KyselySession } from '../driver/kysely-session.ts';
import type { MigrationEvent } from './events.ts';
import { runInRanges } from './run-in-ranges.ts';

const copy = {
  table: '"a"',
  key: 'rowid',
  sql: 'INSERT INTO b (rowid, v) SELECT rowid, v FROM a WHERE rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) ORDER BY rowid',
};

async function withRows(
  keys: readonly bigint[],
  rowsPerRange: number,
  signal?: AbortSignal,
): Promise<{ copied: unknown[]; events: MigrationEvent[] }> {
  const database = new Database(':memory:');
  const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  try {
    database.exec('CREATE TABLE a (v); CREATE TABLE b (v)');
    const insert = database.prepare('INSERT INTO a (rowid, v) VALUES (?, ?)');
    for (const key of keys) insert.run(key, String(key));
    const events: MigrationEvent[] = [];
    const listener = (event: MigrationEvent) => void events.push(event);
    await kysely
      .connection()
      .execute((connection) =>
        runInRanges(
          copy,
          'Copying',
          { session: new KyselySession(connection), listener, signal },
          rowsPerRange,
        ),
      );
    return { copied: database.prepare('SELECT v FROM b ORDER BY rowid').pluck().all(), events };
  } finally {
    await kysely.destroy();
  }
}

const smallest = -(2n ** 63n);
const biggest = 2n ** 63n - 1n;

test.each([
  ['no rows', [], 2],
  ['fewer than a range', [1n], 2],
  ['whole ranges', [1n, 2n, 3n, 4n], 2],
  ['gaps and keys below zero', [-5n, 0n, 7n, 1000n, 1001n], 2],
  ['the ends of what a key can be', [smallest, smallest + 1n, -1n, biggest - 1n, biggest], 1],
  ['keys beyond what JavaScript counts', [9007199254740993n, 9007199254740994n, 9007199254740995n], 1],
])('takes every row once: %s', async (_, keys, rowsPerRange) => {
  const { copied, events } = await withRows(keys, rowsPerRange);
  expect(copied).toEqual(keys.map(String));
  expect(events).toEqual(
    keys.length <= rowsPerRange
      ? []
      : Array.from({ length: Math.ceil(keys.length / rowsPerRange) }, (_, at) => ({
          type: 'progress',
          message: 'Copying',
          done: Math.min((at + 1) * rowsPerRange, keys.length),
          total: keys.length,
        })),
  );
});

test('ends between ranges', async () => {
  await expect(withRows([1n, 2n], 1, AbortSignal.abort())).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
