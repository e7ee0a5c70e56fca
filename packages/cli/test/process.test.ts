import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { historyFolder } from './history-folder.ts';
import { binary, runProcess, temporaryFolder } from './run-cli.ts';

/** Makes Node believe that it is another version. */
function pretendToBe(version: string, folder: { file(name: string): string }): string {
  const path = folder.file('version.cjs');
  writeFileSync(path, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
  return `--require=${path}`;
}

describe('too old a Node', () => {
  test.each(['12.22.12', '18.19.0', '20.20.2', '22.16.0'])('%s gets one friendly line', async (version) => {
    using folder = temporaryFolder();
    const env = { NODE_OPTIONS: pretendToBe(version, folder) };
    const people = await runProcess(['db', 'upgrade'], { env });
    expect(people).toEqual({
      code: 2,
      stdout: '',
      stderr: `Error [NODE_TOO_OLD]: freshmaker needs Node 22.17 or newer; this is Node ${version}. Install a newer one, or run ./manager of a checkout, which brings its own.\n`,
    });
    const program = await runProcess(['db', 'upgrade', '--json'], { env });
    expect({ code: program.code, stderr: program.stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(program.stdout)).toMatchObject({
      error: { code: 'NODE_TOO_OLD', hint: expect.stringContaining('./manager') },
    });
  });

  test('the oldest one that is new enough runs', async () => {
    using folder = temporaryFolder();
    const env = { NODE_OPTIONS: pretendToBe('22.17.0', folder) };
    expect((await runProcess(['db', 'heads'], { env })).code).toBe(0);
  });
});

describe('Ctrl-C', () => {
  /** Starts an upgrade that waits in its second step, and sends it a signal there. */
  const interrupted = async (signal: 'SIGINT' | 'SIGTERM', ...flags: string[]) => {
    using folder = historyFolder(
      { id: 'a1', upgrade: "op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true })]);" },
      {
        id: 'a2',
        down: 'a1',
        upgrade: `op.createTable('half', [op.column('id', op.t.integer(), { primaryKey: true })]);
op.run(async (db, context) => { for (let n = 0; n < 600; n++) {
  if (n === 1) process.send('waiting');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await db.insertInto('half').values({ id: n }).execute(); } });`,
      },
    );
    const path = folder.file('test.db');
    const argv = ['db', 'upgrade', '-d', folder.path, '--database-url', `sqlite:///${path}`, ...flags];
    const child = spawn(process.execPath, [binary, ...argv], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (text) => (stdout += text));
    child.stderr?.on('data', (text) => (stderr += text));
    child.once('message', () => child.kill(signal));
    const code = await new Promise((resolve) => child.once('close', (exit) => resolve(exit)));
    const database = new Database(path);
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
      .pluck()
      .all();
    const versions = database.prepare('SELECT version_num FROM alembic_version').pluck().all();
    database.close();
    return { code, stdout, stderr, tables, versions };
  };

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends with %i, and nothing half done stays', async (signal, code) => {
    expect(await interrupted(signal)).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining('Error [INTERRUPTED]'),
      tables: ['alembic_version', 't'],
      versions: ['a1'],
    });
  });

  test('is told in one JSON document', async () => {
    const { code, stdout, stderr } = await interrupted('SIGINT', '--json');
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INTERRUPTED' } });
  });
});

test('a folder of scripts runs from any place, with no package.json near it', async () => {
  using folder = historyFolder({
    id: 'a1',
    upgrade: "op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true })]);",
  });
  writeFileSync(
    folder.file('versions/a2_typed.ts'),
    `/** typed */
import { column, t, type Operations } from '@freshmaker/migrator';
export const revision = 'a2';
export const downRevision = 'a1';
export function upgrade(op: Operations): void { op.addColumn('t', column('a', t.text())); }
export function downgrade(op: Operations): void { op.dropColumn('t', 'a'); }
`,
  );
  const { code, stderr } = await runProcess(
    ['db', 'upgrade', '-d', '.', '--database-url', 'sqlite:///x.db'],
    {
      cwd: folder.path,
    },
  );
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'Running upgrade  -> a1, do a1\nRunning upgrade a1 -> a2, typed\n',
  });
});

test('the name of the program is in its version', async () => {
  const { stdout } = await runProcess(['--version']);
  expect(stdout).toMatch(/^@freshmaker\/cli\/\d+\.\d+\.\d+ /);
});
