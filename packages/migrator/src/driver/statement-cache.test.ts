import Database from 'better-sqlite3';
import { withStatementCache } from './statement-cache.ts';

/** A database in memory that counts how often a statement is prepared. */
function counted() {
  const database = new Database(':memory:');
  let prepared = 0;
  const cached = withStatementCache({
    prepare: (sql: string) => {
      prepared += 1;
      return database.prepare(sql);
    },
    close: () => database.close(),
  } as unknown as Database.Database);
  return { cached, prepared: () => prepared };
}

describe('The statement cache', () => {
  test('prepares a text that comes again once', () => {
    const { cached, prepared } = counted();
    for (let round = 0; round < 100; round++) cached.prepare('PRAGMA foreign_keys').all([]);
    expect(prepared()).toBe(1);
    cached.close();
  });

  test('keeps a text that comes again among texts that do not', () => {
    const { cached, prepared } = counted();
    for (let round = 0; round < 1000; round++) {
      cached.prepare('SELECT 1').all([]);
      cached.prepare(`SELECT ${round + 2}`).all([]);
    }
    expect(prepared()).toBe(1001);
    cached.close();
  });

  test('gives up a text that has not come for long', () => {
    const { cached, prepared } = counted();
    cached.prepare('SELECT 0');
    for (let text = 1; text <= 64; text++) cached.prepare(`SELECT ${text}`);
    cached.prepare('SELECT 0');
    expect(prepared()).toBe(66);
    cached.close();
  });

  test('answers with the columns a table has now', () => {
    const { cached } = counted();
    cached.prepare('CREATE TABLE builds (id)').run([]);
    cached.prepare('INSERT INTO builds VALUES (1)').run([]);
    const select = () => cached.prepare('SELECT * FROM builds').all([]);
    expect(select()).toEqual([{ id: 1 }]);
    cached.prepare('ALTER TABLE builds ADD COLUMN state DEFAULT 3').run([]);
    cached.prepare('ALTER TABLE builds RENAME COLUMN id TO number').run([]);
    expect(select()).toEqual([{ number: 1, state: 3 }]);
    cached.close();
  });

  test('runs a text while its rows are still being read', () => {
    const { cached } = counted();
    const numbers = 'SELECT 1 AS number UNION SELECT 2';
    const reading = cached.prepare(numbers).iterate([]);
    reading.next();
    expect(cached.prepare(numbers).all([])).toEqual([{ number: 1 }, { number: 2 }]);
    expect(reading.next().value).toEqual({ number: 2 });
    reading.next();
    cached.close();
  });
});
