import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const index = JSON.stringify(import.meta.resolve('../src/index.ts'));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'content-'));
  for (const folder of ['migrations/versions', 'tmp'])
    mkdirSync(join(directory, folder), { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A history of one script with this body of `upgrade`. */
function writeHistory(upgrade: string): void {
  const text = `/** Make a table */
import { readFileSync, writeFileSync } from 'node:fs';
export const revision = 'aaaa';
export const downRevision = null;
export function upgrade(op) {
  ${upgrade}
}
export function downgrade() {}
`;
  writeFileSync(join(directory, 'migrations/versions/aaaa_make.mjs'), text);
}

/** The answers of databases of that history, with a temporary directory of its own. */
function answersOn(engine: string, sql: string): unknown {
  const script = `
    const { createTestDatabase } = await import(${index});
    await using db = await createTestDatabase({
      engine: '${engine}', entities: [], migrations: 'migrations', orm: { discovery: { warnWhenNoEntities: false } },
    });
    process.stdout.write(JSON.stringify(await db.em().execute(${JSON.stringify(sql)})));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: directory,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, TMPDIR: join(directory, 'tmp') },
  });
  return JSON.parse(output);
}

const images = () => {
  const [cache] = readdirSync(join(directory, 'tmp'));
  return readdirSync(join(directory, 'tmp', cache as string, 'images'));
};

const column = `op.column('id', op.t.integer(), { primaryKey: true })`;

test.each(['sqlite', 'postgresql'])('a history that changes while it is run on %s is run again', (engine) => {
  // The script puts another one in its place, as an author may who saves a file meanwhile.
  writeHistory(`
  const path = import.meta.filename;
  op.createTable('made_by_the_first', [${column}]);
  writeFileSync(path, readFileSync(path, 'utf8').replace('first', 'second').replace(/^.*readFileSync[(]path.*$/m, ''));
  `);
  const tables =
    engine === 'sqlite'
      ? 'SELECT name FROM sqlite_schema'
      : 'SELECT table_name AS name FROM information_schema.tables';
  const sql = `${tables} WHERE ${engine === 'sqlite' ? 'name' : 'table_name'} LIKE 'made_by%'`;
  expect(answersOn(engine, sql)).toEqual([{ name: 'made_by_the_second' }]);
  if (engine === 'sqlite') expect(images()).toHaveLength(1);
});

test('what scripts share counts as content, wherever they are', () => {
  writeFileSync(join(directory, 'migrations/names.mjs'), `export const name = 'one';`);
  writeHistory(`op.createTable(name, [${column}]);`);
  const path = join(directory, 'migrations/versions/aaaa_make.mjs');
  execFileSync('sed', ['-i', `1a import { name } from '../names.mjs';`, path]);
  const sql = `SELECT name FROM sqlite_schema WHERE name IN ('one', 'two')`;
  expect(answersOn('sqlite', sql)).toEqual([{ name: 'one' }]);
  writeFileSync(join(directory, 'migrations/names.mjs'), `export const name = 'two';`);
  expect(answersOn('sqlite', sql)).toEqual([{ name: 'two' }]);
});

test('a history that cannot be run says why, and leaves nothing', () => {
  writeHistory(`op.createTable('t', [${column}]); throw new Error('not today');`);
  expect(() => answersOn('sqlite', 'SELECT 1')).toThrow(
    /SCHEMA_BUILD_FAILED|cannot be built on sqlite.*not today/s,
  );
  expect(images()).toEqual([]);
});
