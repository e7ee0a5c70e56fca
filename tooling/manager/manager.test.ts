import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const checkout = join(import.meta.dirname, '..', '..');
let folder: string;
let root: string;

/** A checkout like this one, whose program tells how it was called, with an npm that takes its time. */
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'manager-')));
  root = join(folder, 'a checkout');
  for (const file of ['manager', 'tooling/manager'])
    cpSync(join(checkout, file), join(root, file), { recursive: true });
  writeFile('package-lock.json', lockFile('1.0.0'));
  writeFile(
    'packages/cli/bin/run.js',
    `console.log(JSON.stringify({
      arguments: process.argv.slice(2), root: process.env.FRESHMAKER_CHECKOUT_ROOT, cwd: process.cwd(),
      node: process.version,
    }));
    if (process.argv[2] === 'exit') process.exitCode = Number(process.argv[3]);
    if (process.argv[2] === 'signal') process.kill(process.pid, process.argv[3]);`,
  );
  program(
    'npm',
    `echo "$@" >>"${folder}/npm-calls"
     echo 'npm says something'
     sleep 0.3
     rm -rf node_modules
     mkdir -p node_modules/.bin
     ln -s "${process.execPath}" node_modules/.bin/node
     cp package-lock.json node_modules/.package-lock.json`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeFile(path: string, content: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** A program that goes before all others of its name. */
function program(name: string, script: string): void {
  const file = join(folder, 'bin', name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

const lockFile = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/x': { version }, 'node_modules/other-machine': { optional: true } },
  });

const npmCalls = () => {
  const file = join(folder, 'npm-calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: string | null;
}

async function manager(
  parameters: readonly string[] = [],
  { path = './manager', cwd = root } = {},
): Promise<Outcome> {
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  const child = spawn(path, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<Pick<Outcome, 'code' | 'signal'>>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal }));
  });
  const [stdout, stderr, end] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, ...end };
}

const installing = () => `manager: installing the packages of ${root} (npm ci) ...\n`;

describe('the packages', () => {
  test('are installed at first, which one line on standard error says', async () => {
    const { stdout, stderr, code } = await manager(['createdb']);
    expect({ stderr, code }).toEqual({ stderr: installing(), code: 0 });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ arguments: ['createdb'] });
    expect(npmCalls()).toEqual(['ci --include=dev --no-audit --no-fund']);
  });

  test('are left alone while package-lock.json stays the same', async () => {
    await manager();
    expect(await manager()).toMatchObject({ stderr: '', code: 0 });
    expect(npmCalls()).toHaveLength(1);
  });

  test('are installed again when package-lock.json has changed', async () => {
    await manager();
    writeFile('package-lock.json', lockFile('1.0.1'));
    expect(await manager()).toMatchObject({ stderr: installing(), code: 0 });
    expect(npmCalls()).toHaveLength(2);
  });

  test('are left alone when npm was called by hand', async () => {
    await manager();
    writeFile('package-lock.json', lockFile('1.0.1'));
    writeFile('node_modules/.package-lock.json', lockFile('1.0.1'));
    expect(await manager()).toMatchObject({ stderr: '', code: 0 });
    expect(npmCalls()).toHaveLength(1);
  });

  test('are installed once by many that start together', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => manager(['x'])));
    for (const { code, stdout } of outcomes) {
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ arguments: ['x'] });
    }
    expect(npmCalls()).toHaveLength(1);
  });

  test('are installed although an earlier installation was killed', async () => {
    symlinkSync('999999999', join(root, '.manager-install'));
    expect(await manager()).toMatchObject({ stderr: installing(), code: 0 });
  });

  test('that npm cannot install are an error that shows what npm said', async () => {
    program('npm', 'echo "npm error network"; exit 1');
    const { stdout, stderr, code } = await manager();
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toMatch(/npm error network\nmanager: npm ci failed, .*registry/);
    expect(existsSync(join(root, '.manager-install'))).toBe(false);
    expect((await manager()).code).toBe(2);
  });
});

describe('the program', () => {
  beforeEach(() => manager());

  test('runs on the Node.js of the workspace', async () => {
    program('node', 'exit 99');
    expect(JSON.parse((await manager()).stdout)).toMatchObject({ node: process.version });
  });

  test('is told the root of the checkout, and keeps the current directory', async () => {
    symlinkSync(join(root, 'manager'), join(folder, 'link'));
    symlinkSync('link', join(folder, 'link to link'));
    for (const path of ['a checkout/manager', './link', join(folder, 'link to link')]) {
      const { stdout } = await manager([], { path, cwd: folder });
      expect(JSON.parse(stdout)).toMatchObject({ root, cwd: folder });
    }
  });

  test('gets its arguments as they were given', async () => {
    const given = ['db', 'revision', '-m', 'a "b"  c', '', '$HOME *', '-1'];
    expect(JSON.parse((await manager(given)).stdout)).toMatchObject({ arguments: given });
  });

  test('ends with its own exit code, or signal', async () => {
    expect(await manager(['exit', '7'])).toMatchObject({ code: 7, signal: null });
    expect(await manager(['signal', 'SIGTERM'])).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  test('needs a Node.js that is new enough, where the workspace has none', async () => {
    rmSync(join(root, 'node_modules/.bin/node'));
    program('node', 'case $1 in --version) echo v20.20.2;; *) exit 1;; esac');
    expect(await manager()).toEqual({
      stdout: '',
      stderr: 'manager: Node.js 22.18 or newer is needed; this is v20.20.2\n',
      code: 2,
      signal: null,
    });
  });

  test('runs on the Node.js of the machine, where that of the workspace does not run', async () => {
    writeFile('node_modules/.freshmaker-installed', 'of another lock file');
    rmSync(join(root, 'node_modules/.bin/node'));
    writeFile('node_modules/.bin/node', '#!/bin/sh\nexit 1\n');
    chmodSync(join(root, 'node_modules/.bin/node'), 0o755);
    symlinkSync(process.execPath, join(folder, 'bin/node'));
    for (let run = 0; run < 2; run++)
      expect(JSON.parse((await manager()).stdout)).toMatchObject({ node: process.version });
    expect(npmCalls()).toHaveLength(1);
  });

  test('is found where `sh` runs the script by its bare name', async () => {
    const argv = ['-c', 'sh manager'];
    expect(JSON.parse((await manager(argv, { path: 'sh' })).stdout)).toMatchObject({ root });
  });

  test('runs on the Node.js of the machine, where the workspace has none', async () => {
    rmSync(join(root, 'node_modules/.bin/node'));
    symlinkSync(process.execPath, join(folder, 'bin/node'));
    expect(JSON.parse((await manager()).stdout)).toMatchObject({ node: process.version });
  });
});
