// `node run.ts`: packs the packages as they would be published, installs them into an empty project outside this one, and
// runs the README's examples there as they are printed, on every engine and in every test runner. Needs built packages and
// the npm registry, or npm's cache.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackedProject } from '../../../../tooling/packages/packed-project.ts';
import { readmeFiles, readmePackages } from './readme-files.ts';

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const files = readmeFiles(readme);
/** The project as the README says; the other runners have folders of their own beside it. */
const asPrinted = 'printed';

interface Runner {
  readonly name: string;
  /** Runs the test files whose names begin so. */
  readonly command: string;
  /** What must come before a test file's text where the runner has no globals. */
  readonly imports?: string;
  readonly files?: readonly string[];
}

const runners: readonly Runner[] = [
  {
    name: 'Jest’s own runner',
    command: 'NODE_OPTIONS=--experimental-vm-modules npx --no -- jest --detectOpenHandles',
  },
  { name: 'Vitest with globals', command: 'npx --no -- vitest run --globals' },
  {
    name: 'Vitest without globals',
    command: 'npx --no -- vitest run',
    imports: "import { expect, test } from 'vitest';\n",
  },
  {
    name: 'node:test',
    command: 'node --test',
    imports: "import { test } from 'node:test';\nimport { expect } from 'expect';\n",
  },
];

await using project = new PackedProject();
await install();
const results = await Promise.allSettled([runAsPrinted(), runInOtherRunners()]);
for (const result of results) {
  if (result.status === 'rejected') process.stderr.write(`\n${(result.reason as Error).message}\n`);
}
const failed = results.some(({ status }) => status === 'rejected');
if (!failed) {
  await project.requireNothingRunning();
  process.stdout.write('The README’s examples run as they are printed.\n');
}
process.exitCode = failed ? 1 : 0;

/** What the README's commands install, in one go; what is not published yet comes from tarballs. */
async function install(): Promise<void> {
  for (const { path, text } of files) project.write(join(asPrinted, path), text);
  const names = ['migrator', 'models', 'testing'];
  const tarballs = await Promise.all(names.map((name) => project.pack(name)));
  const others = readmePackages(readme).filter((each) => !each.startsWith('@freshmaker/'));
  const packages = [...tarballs, ...others, 'vitest@4.0.15'].join(' ');
  const options = '--prefer-offline --no-audit --no-fund --loglevel=error --save-dev';
  await project.run('Install', `npm install ${options} ${packages}`, { cwd: asPrinted });
}

async function runAsPrinted(): Promise<void> {
  const cwd = asPrinted;
  for (const engine of ['sqlite', 'postgresql', 'pglite']) {
    const env = { FRESHMAKER_TEST_ENGINE: engine };
    const output = await project.run(`node count.mjs on ${engine}`, 'node count.mjs', { cwd, env });
    if (output !== '1 event\n') throw new Error(`count.mjs on ${engine} says: ${output}`);
  }
  await project.run('npm test', 'npm test', { cwd });
  for (const engine of ['postgresql', 'pglite']) {
    const env = { FRESHMAKER_TEST_ENGINE: engine };
    await project.run(`The same on ${engine} where nothing else is said`, 'npm test -- events books', {
      cwd,
      env,
    });
  }
}

async function runInOtherRunners(): Promise<void> {
  await requireSameHashes();
  await requireKeptDatabase(asPrinted, 'npx --no -- jest failing.test.js', '');
  for (const [index, { name, command, imports = '' }] of runners.entries()) {
    const folder = `other-${index}`;
    project.shareModules(asPrinted, folder);
    for (const { path, text } of files) {
      project.write(join(folder, path), path.endsWith('.test.js') ? imports + text : text);
    }
    // As the README says: the option `runner` is left out.
    project.write(join(folder, 'jest.config.js'), 'export default { transform: {} };\n');
    const names = files.map(({ path }) => path).filter((path) => path.endsWith('.test.js'));
    const env = { FRESHMAKER_TEST_ENGINES: 'sqlite' };
    const output = await project.run(name, `${command} ${names.join(' ')}`, { cwd: folder, env });
    if (/open handle|did not exit/i.test(output)) throw new Error(`${name} finds open handles:\n${output}`);
    await requireKeptDatabase(folder, `${command} failing.test.js`, imports);
  }
}

/** The compiled scripts do what the sources did when they were recorded. */
async function requireSameHashes(): Promise<void> {
  const folder = 'freshmaker';
  project.shareModules(asPrinted, folder);
  for (const { path, text } of files)
    if (/^[^/]*(json|config.js)$/.test(path)) project.write(join(folder, path), text);
  const recorded = readFileSync(join(import.meta.dirname, '..', 'freshmaker-revisions.json'), 'utf8');
  project.write(join(folder, 'recorded.json'), recorded);
  const text = `import { testMigrations } from '@freshmaker/testing';
testMigrations({ recorded: 'recorded.json', engines: [] });
`;
  project.write(join(folder, 'freshmaker.test.js'), text);
  await project.run('Freshmaker’s own scripts', 'npm test', { cwd: folder, env: { CI: '1' } });
}

/** A test that fails keeps its database on demand, whatever the runner. */
async function requireKeptDatabase(cwd: string, command: string, imports: string): Promise<void> {
  const test = `${imports}import { useTestDatabase } from '@freshmaker/testing';
const db = useTestDatabase();
test('passes', async () => { await db.factories().event(); });
test('fails', async () => { await db.factories().event({ messageId: 'look at me' }); throw new Error('on purpose'); });
`;
  project.write(join(cwd, 'failing.test.js'), test);
  await project.run(
    '… keeps the database of a test that fails',
    `if output=$(${command} 2>&1); then echo "$output"; exit 1; fi
     echo "$output" | grep -c 'is kept. Open it with' | grep -qx 1 || { echo "$output"; exit 1; }
     file=$(echo "$output" | sed -n "s/.*sqlite3 '\\(.*\\)'.*/\\1/p")
     node -e 'const rows = require("better-sqlite3")(process.argv[1]).prepare("SELECT message_id FROM events").all();
       if (rows.length !== 1 || rows[0].message_id !== "look at me") throw new Error(JSON.stringify(rows))' "$file"
     rm "$file" failing.test.js`,
    { cwd, env: { FRESHMAKER_TEST_KEEP: '1' } },
  );
}
