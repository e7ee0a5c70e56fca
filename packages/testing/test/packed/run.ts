// `node run.ts [--engines sqlite,pglite,postgresql]`: packs the packages as they would be published, installs them into an
// empty project outside this one, and runs the README's examples there as they are printed, in every test runner and on
// every engine. Needs built packages and the npm registry.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readmeFiles } from './readme-files.ts';

const { values } = parseArgs({
  options: { engines: { type: 'string', default: 'sqlite,pglite,postgresql' } },
});
const engines = values.engines.split(',');
const root = join(import.meta.dirname, '..', '..', '..', '..');
const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const project = mkdtempSync(join(tmpdir(), 'freshmaker-packed-'));

/** This process's Node.js comes first; nothing of this repository's own set-up reaches the project. */
const environment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(NODE_OPTIONS|npm_|INIT_CWD|CI$|JEST_|FRESHMAKER_)/.test(name),
    ),
  ),
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
};

function run(title: string, command: string, env: Readonly<Record<string, string>> = {}): void {
  process.stdout.write(`\n# ${title}\n$ ${command}\n`);
  execFileSync('/bin/sh', ['-ec', command], {
    cwd: project,
    stdio: 'inherit',
    env: { ...environment, ...env },
  });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

/** The tarball of a package. */
function pack(name: string): string {
  const output = execFileSync('npm', ['pack', '--silent', '--pack-destination', project], {
    cwd: join(root, 'packages', name),
    encoding: 'utf8',
    env: environment,
  });
  return `./${basename(output.trim().split('\n').at(-1) as string)}`;
}

try {
  const files = readmeFiles(readme);
  for (const { path, text } of files) write(path, text);
  const tarballs = ['migrator', 'models', 'testing'].map(pack);
  const others = ['jest@30.5.2', 'jest-light-runner@0.8.2'];
  run('Install', `npm install --no-audit --no-fund --save-dev ${[...tarballs, ...others].join(' ')}`);
  run('Install the engines', [...readme.matchAll(/^npm install --save-dev --save-exact .*$/gm)].join('\n'));

  run('The script', 'node count.mjs');
  for (const engine of engines) {
    run(`Jest with jest-light-runner on ${engine}`, 'npm test', {
      FRESHMAKER_TEST_ENGINE: engine,
      FRESHMAKER_TEST_ENGINES: engine,
    });
  }
  requireSameHashes();
  runOtherRunners();
  requireKeptDatabase();
  process.stdout.write('\nThe README’s examples run as they are printed.\n');
} finally {
  rmSync(project, { recursive: true });
}

/** The compiled scripts do what the sources did when they were recorded. */
function requireSameHashes(): void {
  const recorded = readFileSync(join(import.meta.dirname, '..', 'freshmaker-revisions.json'), 'utf8');
  write('freshmaker-revisions.json', recorded);
  const text = `import { testMigrations } from '@freshmaker/testing';
testMigrations({ recorded: 'freshmaker-revisions.json' });
`;
  write('freshmaker.test.js', text);
  run('Freshmaker’s own migrations', 'npx --no -- jest freshmaker', {
    FRESHMAKER_TEST_ENGINES: 'sqlite',
    CI: '1',
  });
  rmSync(join(project, 'freshmaker.test.js'));
}

function runOtherRunners(): void {
  const environment = { FRESHMAKER_TEST_ENGINES: 'sqlite' };
  run('Jest with its own runner', 'npx --no -- jest --config "{\\"transform\\": {}}" --detectOpenHandles', {
    ...environment,
    NODE_OPTIONS: '--experimental-vm-modules',
  });
  run('Install Vitest', 'npm install --no-audit --no-fund --save-dev vitest@4.0.15');
  run('Vitest with globals', 'npx --no -- vitest run --globals', environment);
  const importing = (framework: string) => (text: string) => `${framework}\n${text}`;
  rewriteTests(importing("import { expect, test } from 'vitest';"));
  run('Vitest without globals', 'npx --no -- vitest run', environment);
  rewriteTests(importing("import { test } from 'node:test';\nimport { expect } from 'expect';"));
  run('node:test', 'node --test "*.test.js"', environment);
  rewriteTests((text) => text);
}

/** The README's test files with something before them, such as an import of the runner's functions. */
function rewriteTests(change: (text: string) => string): void {
  for (const { path, text } of readmeFiles(readme)) if (path.endsWith('.test.js')) write(path, change(text));
}

/** A test that fails keeps its database on demand, whatever the runner. */
function requireKeptDatabase(): void {
  const failing = `import { useTestDatabase } from '@freshmaker/testing';
const db = useTestDatabase();
test('passes', async () => { await db.factories().event(); });
test('fails', async () => { await db.factories().event({ messageId: 'look at me' }); throw new Error('on purpose'); });
`;
  const nodeTest = failing.replace('import', "import { test } from 'node:test';\nimport");
  const commands: [runner: string, text: string, command: string][] = [
    ['jest-light-runner', failing, 'npx --no -- jest failing'],
    [
      'jest',
      failing,
      'NODE_OPTIONS=--experimental-vm-modules npx --no -- jest --config "{\\"transform\\": {}}" failing',
    ],
    ['vitest', failing, 'npx --no -- vitest run --globals failing'],
    ['node:test', nodeTest, 'node --test failing.test.js'],
  ];
  for (const [runner, text, command] of commands) {
    write('failing.test.js', text);
    run(
      `A failing test keeps its database under ${runner}`,
      `if output=$(${command} 2>&1); then echo "$output"; exit 1; fi
       echo "$output" | grep -c 'is kept. Open it with' | grep -qx 1 || { echo "$output"; exit 1; }
       file=$(echo "$output" | sed -n "s/.*sqlite3 '\\(.*\\)'.*/\\1/p")
       node -e 'const rows = require("better-sqlite3")(process.argv[1]).prepare("SELECT message_id FROM events").all();
         if (rows.length !== 1 || rows[0].message_id !== "look at me") throw new Error(JSON.stringify(rows))' "$file"
       rm "$file"`,
      { FRESHMAKER_TEST_KEEP: '1' },
    );
  }
}
