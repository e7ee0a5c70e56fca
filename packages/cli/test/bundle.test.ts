import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ScratchClone, scratchClone, settled } from './scratch-clone.ts';

const CACHE = 'node_modules/.cache/freshmaker';
const HEADS = 'packages/cli/src/commands/db/heads.ts';
const SUMMARY = 'Show the heads of the history.';

let clone: ScratchClone;
beforeAll(async () => {
  clone = scratchClone();
  await settled();
});
afterEach(() => clone.restore());
afterAll(() => clone[Symbol.dispose]());

/** The first line of a command's help, which is that of its source. */
async function summary(command = 'heads'): Promise<string | undefined> {
  const { code, stdout, stderr } = await clone.run(['db', command, '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.split('\n')[0];
}

/** Runs what is to be run once by the sources themselves and once by a bundle. */
async function twice<Result>(work: () => Promise<Result>): Promise<readonly [Result, Result]> {
  const first = await work();
  await settled();
  return [first, await work()];
}

test('a clone makes one bundle, and keeps to it', async () => {
  expect(await summary()).toBe(SUMMARY);
  const [bundle] = clone.bundles();
  const made = statSync(clone.file(`${CACHE}/${bundle}/dist/process.js`)).mtimeMs;
  expect(await summary()).toBe(SUMMARY);
  expect(clone.bundles()).toEqual([bundle]);
  expect(statSync(clone.file(`${CACHE}/${bundle}/dist/process.js`)).mtimeMs).toBe(made);
});

describe('the sources are what runs', () => {
  test('whatever is edited', async () => {
    clone.edit(HEADS, SUMMARY, 'Something new.');
    expect(await twice(summary)).toEqual(['Something new.', 'Something new.']);
    clone.edit(
      'packages/migrator/src/script/script-directory.ts',
      'There is no folder of',
      'Where is the folder of',
    );
    const reason = async () => (await clone.run(['db', 'heads', '-d', '/nowhere'])).stderr;
    for (const each of await twice(reason)) expect(each).toContain('Where is the folder of');
  });

  test('though a file became older and kept its size', async () => {
    for (const text of [SUMMARY.toUpperCase(), SUMMARY.toLowerCase()]) {
      clone.restore();
      clone.edit(HEADS, SUMMARY, text);
      utimesSync(clone.file(HEADS), 1, 1);
      await settled();
      expect(await summary()).toBe(text);
    }
  });

  test('though a file is added, or removed', async () => {
    const added = clone.file('packages/cli/src/commands/db/added.ts');
    writeFileSync(added, "export { default } from './heads.ts';\n");
    await settled();
    expect(await summary('added')).toBe(SUMMARY);
    rmSync(added);
    await settled();
    const { stdout } = await clone.run(['db', 'added', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE_INVALID' } });
  });

  test('entities, too, be they edited or added', async () => {
    const tables = async () => {
      await settled();
      const { stdout } = await clone.run(['db', 'check', '--scripts', '--json']);
      return (JSON.parse(stdout).operations as { table: string }[]).map(({ table }) => table);
    };
    expect(await tables()).toEqual([]);
    const entities = 'packages/models/src/entities';
    const user = readFileSync(clone.file(`${entities}/user.ts`), 'utf8');
    const added = clone.file(`${entities}/visitor.ts`);
    writeFileSync(added, user.replaceAll('User', 'Visitor').replaceAll("'users'", "'visitors'"));
    expect(await tables()).toEqual(expect.arrayContaining(['visitors']));
    writeFileSync(added, readFileSync(added, 'utf8').replaceAll("'visitors'", "'guests'"));
    expect(await tables()).toEqual(expect.arrayContaining(['guests']));
    rmSync(added);
    expect(await tables()).toEqual([]);
  });

  test('and their mistakes are told, until they are corrected', async () => {
    clone.edit(HEADS, 'export default class', 'export default klass');
    await settled();
    const { code, stderr } = await clone.run(['db', 'heads']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^Error \[[A-Z_]+\]: /m) });
    clone.restore();
    expect(await twice(summary)).toEqual([SUMMARY, SUMMARY]);
  });

  test('and stack traces name them', async () => {
    await settled();
    for (const flags of [['-vv'], ['-v', '--verbose']]) {
      const { code, stderr } = await clone.run(['db', 'show', 'nope', ...flags]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/\n\s+at .*\/packages\/migrator\/src\/revision\/[a-z-]+\.ts:\d+:\d+/);
      expect(stderr).not.toContain('/.cache/');
    }
  });

  test('without any bundle where Node is told to take them', async () => {
    rmSync(clone.file(CACHE), { recursive: true, force: true });
    const option = '--conditions=@freshmaker/source';
    expect((await clone.run(['db', 'heads'], { options: [option] })).code).toBe(0);
    expect((await clone.run(['db', 'heads'], { env: { NODE_OPTIONS: option } })).code).toBe(0);
    expect(clone.bundles()).toEqual([]);
  });
});

describe('a bundle', () => {
  test('is whole though many make it at once', async () => {
    clone.edit(HEADS, SUMMARY, 'Of many.');
    await settled();
    expect(await Promise.all(Array.from({ length: 4 }, () => summary()))).toEqual(Array(4).fill('Of many.'));
    const { length } = clone.bundles();
    expect(await summary()).toBe('Of many.');
    expect(clone.bundles()).toHaveLength(length);
  });

  test('is made anew when the process that made it was killed', async () => {
    clone.edit(HEADS, SUMMARY, 'After all.');
    await settled();
    const before = clone.bundles();
    const child = spawn(process.execPath, [clone.file('packages/cli/bin/run.js'), 'db', 'heads'], {
      detached: true,
      env: { PATH: process.env.PATH },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('close', (_code, signal) => resolve(signal)));
    while (clone.bundles().length === before.length && child.exitCode === null) await sleep(1);
    // With all that it has started.
    process.kill(-(child.pid as number), 'SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(await summary()).toBe('After all.');
    expect(clone.bundles()).toHaveLength(before.length + 2);
  });

  test('is made anew when somebody removed it', async () => {
    await settled();
    for (const name of clone.bundles()) rmSync(clone.file(`${CACHE}/${name}`), { recursive: true });
    expect(await summary()).toBe(SUMMARY);
    expect(clone.bundles()).toHaveLength(1);
  });

  test('is removed when there are twenty newer ones', async () => {
    const before = clone.bundles();
    const older = Array.from({ length: 20 }, (_, at) => `${1000 + at}-1`);
    for (const name of older) mkdirSync(clone.file(`${CACHE}/${name}`));
    clone.edit(HEADS, SUMMARY, 'Newer.');
    await settled();
    expect(await summary()).toBe('Newer.');
    const after = clone.bundles();
    expect(after).toHaveLength(20);
    expect(after).toEqual(expect.arrayContaining([...before, ...older.slice(-10)]));
    expect(after).not.toContain(older[0]);
  });
});

describe('where none can be made, the sources run as they are', () => {
  const expectSources = async () => {
    await settled();
    expect(await summary()).toBe(SUMMARY);
    const { code, stderr } = await clone.run(['db', 'heads'], { env: { DEBUG: '1' } });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('The sources run as they are: '),
    });
  };
  beforeEach(() => rmSync(clone.file('node_modules/.cache'), { recursive: true, force: true }));

  test('without a bundler', async () => {
    clone.edit('packages/cli/bundle/build.ts', "from 'esbuild'", "from 'no-bundler'");
    await expectSources();
    expect(clone.bundles()).toEqual([]);
  });

  test('where nothing can be written', async () => {
    // A file in the way stops root, too.
    writeFileSync(clone.file('node_modules/.cache'), '');
    await expectSources();
    rmSync(clone.file('node_modules/.cache'));
    expect(existsSync(clone.file(CACHE))).toBe(false);
  });
});
