// `node bare-driver.ts STATEMENTS.json URL`: the SQL of a history, each revision in a transaction of its own with its version
// row, sent by the database's driver and nothing else: what no tool that keeps this promise can be faster than.
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import pg from 'pg';

/** One revision: its statement, and the one that moves the version row. */
export type BareRevision = readonly [change: string, version: string];

const VERSION_TABLE =
  'CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)';

const [file = '', url = ''] = process.argv.slice(2);
const revisions: readonly BareRevision[] = JSON.parse(readFileSync(file, 'utf8'));
const path = /^sqlite:\/\/\/(.*)$/.exec(url)?.[1];
if (path === undefined) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(VERSION_TABLE);
  for (const statements of revisions) {
    for (const sql of ['BEGIN', ...statements, 'COMMIT']) await client.query(sql);
  }
  await client.end();
} else {
  const database = new Database(path);
  // As the migrator does: see docs/adr/0013-a-run-keeps-the-journal.md.
  database.pragma('journal_mode = PERSIST');
  database.exec(VERSION_TABLE);
  for (const statements of revisions) {
    for (const sql of ['BEGIN', ...statements, 'COMMIT']) database.exec(sql);
  }
  database.close();
}
