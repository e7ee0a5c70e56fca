import { globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { temporaryFolder } from './run-cli.ts';
import { type ScratchClone, scratchClone, settled } from './scratch-clone.ts';

let clone: ScratchClone;
beforeAll(async () => {
  clone = scratchClone();
  await settled();
});
afterAll(() => clone[Symbol.dispose]());

/** Writes down, when the process ends, of which scripts compiled code was there, and was good. */
const tracer = `const [{ writeFileSync }, vm] = ['fs', 'vm'].map(process.getBuiltinModule);
const scripts = [];
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    scripts.push(options.cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'good');
  }
};
process.on('exit', () => writeFileSync(process.env.TRACE, JSON.stringify(scripts)));`;

const commands = [
  ['db', 'upgrade', '-q'],
  ['db', 'current'],
  ['db', 'check'],
  ['db', 'check', '--scripts'],
  ['db', 'history'],
];

/** Runs a command; tells of which scripts compiled code was there, and whether Node refused some of modules. */
async function runTraced(argv: readonly string[], env: Record<string, string>, imports: string[] = []) {
  using folder = temporaryFolder();
  const TRACE = folder.file('trace');
  const options = [tracer, ...imports].map(
    (text) => `--import=data:text/javascript,${encodeURIComponent(text)}`,
  );
  const given = { env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE', TRACE, ...env }, options };
  const { code, stderr } = await clone.run(argv, given);
  expect({ argv, code }).toEqual({ argv, code: 0 });
  const scripts = JSON.parse(readFileSync(TRACE, 'utf8')) as string[];
  return { argv, scripts: [...new Set(scripts)], modules: stderr.includes('was rejected') };
}

/** Runs all commands, one after the other, on a database of their own. */
async function runAll() {
  using folder = temporaryFolder();
  const env = { FRESHMAKER_DATABASE_URL: `sqlite:///${folder.file('test.db')}` };
  const seen = [];
  for (const argv of commands) seen.push(await runTraced(argv, env));
  return seen;
}

const keptFiles = () =>
  globSync('node_modules/.cache/freshmaker/*/compiled/*/freshmaker-*', { cwd: clone.path });

test('what commands have compiled is good for each other, and kept by the first of them', async () => {
  expect((await runAll())[0]?.scripts).toEqual(['none']);
  await runAll();
  await runAll();
  const files = keptFiles();
  expect(files).toHaveLength(1);
  const state = () => statSync(clone.file(files[0] as string)).mtimeMs;
  const before = state();
  expect(await runAll()).toEqual(commands.map((argv) => ({ argv, scripts: ['good'], modules: false })));
  expect(state()).toBe(before);
});

test('what was kept by another bundle, or damaged, is made anew', async () => {
  const [file] = keptFiles();
  writeFileSync(clone.file(file as string), 'damaged');
  expect((await runAll())[0]?.scripts).toEqual(['none']);
  clone.edit('packages/cli/src/commands/db/heads.ts', 'Show the heads', 'Tell the heads');
  await settled();
  expect((await runAll())[0]?.scripts).toEqual(['none']);
  expect(keptFiles()).toHaveLength(2);
});

test('a command that fails keeps nothing', async () => {
  for (const kept of keptFiles()) rmSync(clone.file(kept));
  expect((await clone.run(['db', 'show', 'nope'])).code).toBe(2);
  expect(keptFiles()).toEqual([]);
});

test('whoever has V8 set in another way has compiled code apart, be it in one folder', async () => {
  using cache = temporaryFolder();
  const env = { NODE_COMPILE_CACHE: cache.path };
  // As whoever imports the program: what they set is not what it is started with.
  const setting = "process.getBuiltinModule('v8').setFlagsFromString('--max-lazy')";
  const seen = [];
  for (const imports of [[], [setting], [], [setting]])
    seen.push((await runTraced(['db', 'heads'], env, imports)).scripts);
  expect(seen).toEqual([['none'], ['none'], ['good'], ['good']]);
});
