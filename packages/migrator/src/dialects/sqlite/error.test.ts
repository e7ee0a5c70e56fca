import Database from 'better-sqlite3';
import { translateSqliteError } from './error.ts';

/** Statements that fail, and what a person is told. */
test.each<[string, string, RegExp, RegExp]>([
  [
    'CREATE VIEW v AS SELECT nope FROM t',
    'ALTER TABLE t RENAME COLUMN a TO b',
    /^The view "v" cannot be read: error in view v: no such column: nope$/,
    /drop the view "v" in a step before this one/,
  ],
  [
    'CREATE VIEW "my view" AS SELECT a FROM t',
    'ALTER TABLE t DROP COLUMN a',
    /^The view "my view" uses what is changed: error in view my view after drop column: /,
    /^Drop view my view in a step before this one/,
  ],
  [
    'CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO nope VALUES (1); END',
    'ALTER TABLE t RENAME TO u',
    /^The trigger "g" cannot be read: error in trigger g: no such table: main\.nope$/,
    /drop the trigger "g"/,
  ],
  [
    '',
    'CREATE INDEX i ON t (a || "x")',
    /^SQLite takes what stands in double quotes for a name/,
    /single quotes/,
  ],
  [
    'PRAGMA foreign_keys = ON',
    'INSERT INTO child VALUES (7)',
    /^A row would refer to a row that does not exist/,
    /Correct the rows/,
  ],
])('%s; %s', (setup, failing, message, hint) => {
  const database = new Database(':memory:');
  try {
    database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE TABLE child (t_id REFERENCES t)');
    database.exec(setup);
    let error: unknown;
    try {
      database.exec(failing);
    } catch (thrown) {
      error = thrown;
    }
    const translated = translateSqliteError(error, 'db');
    expect(translated?.message).toMatch(message);
    expect(translated?.hint).toMatch(hint);
  } finally {
    database.close();
  }
});
