// `node bare-driver.ts STATEMENTS.json URL`: the scripts of a history imported by Node, and their SQL sent by the database's
// driver, each revision in a transaction of its own with its version row: what no tool whose scripts are modules and that
// keeps this promise can be faster than.
import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import pg from 'pg';

/** One revision: its statement, the one that moves the version row, and the file of its script. */
export type BareRevision = readonly [change: string, version: string, script: string];

const VERSION_TABLE =
  'CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)';

const [file = '', url = ''] = process.argv.slice(2);
const revisions: readonly BareRevision[] = JSON.parse(readFileSync(file, 'utf8'));
enableCompileCache(join(dirname(file), 'compiled'));
const engine = `data:text/javascript,${encodeURIComponent('export const column = null, t = null;')}`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@freshmaker/migrator' ? { url: engine, shortCircuit: true } : next(specifier, context),
});
for (const [, , script] of revisions) await import(pathToFileURL(script).href);
const path = /^sqlite:\/\/\/(.*)$/.exec(url)?.[1];
if (path === undefined) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(VERSION_TABLE);
  for (const [change, version] of revisions) {
    for (const sql of ['BEGIN', change, version, 'COMMIT']) await client.query(sql);
  }
  await client.end();
} else {
  const database = new Database(path);
  // As the migrator does: see docs/adr/0013-a-run-keeps-the-journal.md.
  database.pragma('journal_mode = PERSIST');
  database.exec(VERSION_TABLE);
  for (const [change, version] of revisions) {
    for (const sql of ['BEGIN', change, version, 'COMMIT']) database.exec(sql);
  }
  database.close();
}
