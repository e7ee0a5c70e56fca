import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checkout = join(import.meta.dirname, '..', '..');
const cruiser = join(checkout, 'node_modules/.bin/depcruise');

const packages = ['migrator', 'models', 'testing', 'cli'];
const files = [
  ...[
    'errors',
    'schema/a',
    'operations/a',
    'revision/a',
    'driver/a',
    'autogenerate/a',
    'script/a',
    'dialects/a',
  ],
  ...['runtime/a', 'mikro-orm/a', 'commands/a', 'index'],
].map((name) => `packages/migrator/src/${name}.ts`);
const others = [
  ...['models/src/index', 'models/src/a', 'models/migrations/versions/a', 'testing/src/index'],
  ...['testing/src/postgresql-server/a', 'cli/src/index'],
].map((name) => `packages/${name}.ts`);

let root: string;

/** An empty tree with this repository's folders and packages. */
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'import-rules-')));
  for (const file of [...files, ...others, 'tooling/a.ts', 'node_modules/@mikro-orm/core/index.js']) {
    write(file, 'export const value = 1;\nexport type Type = 1;\n');
  }
  write('package.json', '{"type": "module"}');
  write('node_modules/@mikro-orm/core/package.json', '{"name": "@mikro-orm/core", "exports": "./index.js"}');
  mkdirSync(join(root, 'node_modules/@freshmaker'));
  for (const name of packages) {
    const exports = { '.': { '@freshmaker/source': './src/index.ts', default: './dist/index.js' } };
    write(
      `packages/${name}/package.json`,
      JSON.stringify({ name: `@freshmaker/${name}`, type: 'module', exports }),
    );
    symlinkSync(`../../packages/${name}`, join(root, 'node_modules/@freshmaker', name));
  }
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, content: string): void {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), content);
}

/** `<rule> in <file>` for each rule that the tree breaks. */
function violations(): string[] {
  const preload = join(checkout, 'tooling/imports/using-declarations.js');
  const config = join(checkout, '.dependency-cruiser.js');
  const parameters = ['--import', preload, cruiser, '--config', config, '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, [...parameters, 'packages', 'tooling'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const { summary } = JSON.parse(stdout);
  const found: { from: string; rule: { name: string } }[] = summary.violations;
  return found.map(({ from, rule }) => `${rule.name} in ${from}`).sort();
}

const migrator = 'packages/migrator/src/';
const kinds = [
  ['import', (from: string) => `import { value } from '${from}'; export const copy = value;`],
  ['import type', (from: string) => `import type { Type } from '${from}'; export type Copy = Type;`],
  [
    'import of a type beside using',
    (from: string) => `import { type Type } from '${from}'; { using x = null; }`,
  ],
  ['export type', (from: string) => `export type { Type } from '${from}';`],
  ['dynamic import', (from: string) => `export const copy = () => import('${from}');`],
] as const;

test('an import that is allowed breaks no rule', () => {
  const all = files.filter((file) => !file.endsWith('index.ts')).map((file) => file.slice(migrator.length));
  write(`${migrator}index.ts`, all.map((file) => `export * from './${file}';`).join('\n'));
  write(`${migrator}commands/a.ts`, `import type { Type } from '../schema/a.ts';`);
  write(`${migrator}mikro-orm/a.ts`, `import { MikroORM } from '@mikro-orm/core';`);
  write(
    `${migrator}schema/a.test.ts`,
    `import '../commands/a.ts'; import '@mikro-orm/core'; import '../../../../tooling/a.ts';`,
  );
  write('packages/models/migrations/versions/a.ts', `import { value } from '@freshmaker/migrator';`);
  write('packages/models/src/a.ts', `import '@mikro-orm/core';`);
  write('packages/models/test/a.test.ts', `import '@freshmaker/testing'; import '../../../tooling/a.ts';`);
  write('packages/testing/src/index.ts', `import '@freshmaker/models'; import './postgresql-server/a.ts';`);
  write('packages/cli/src/index.ts', `import '@freshmaker/migrator'; import '@freshmaker/testing';`);
  expect(violations()).toEqual([]);
});

const forbidden = [
  ['floor-0-imports-upwards', `${migrator}schema`, '../operations/a.ts'],
  ['floor-0-imports-upwards', `${migrator}schema`, '../commands/a.ts'],
  ['floor-1-imports-upwards', `${migrator}operations`, '../autogenerate/a.ts'],
  ['floor-1-imports-upwards', `${migrator}revision`, '../script/a.ts'],
  ['floor-1-imports-upwards', `${migrator}driver`, '../dialects/a.ts'],
  ['floor-2-imports-upwards', `${migrator}dialects`, '../runtime/a.ts'],
  ['floor-2-imports-upwards', `${migrator}script`, '../mikro-orm/a.ts'],
  ['floor-3-imports-upwards', `${migrator}runtime`, '../commands/a.ts'],
  ['migrator-stands-alone', `${migrator}commands`, '@freshmaker/models'],
  ['mikro-orm-only-in-its-folder', `${migrator}runtime`, '@mikro-orm/core'],
  ['models-source-stands-alone', 'packages/models/src', '@freshmaker/migrator'],
  ['revisions-import-only-the-migrator', 'packages/models/migrations/versions', '../../src/a.ts'],
  ['testing-imports-no-cli', 'packages/testing/src', '@freshmaker/cli'],
  ['postgresql-server-stands-alone', 'packages/testing/src/postgresql-server', '@freshmaker/migrator'],
  ['tooling-only-for-tests', 'packages/cli/src', '../../../tooling/a.ts'],
  ['no-orphan-import', 'packages/cli/src', './not-there.ts'],
] as const;

test.each(kinds)('every forbidden %s is found', (_, statement) => {
  const expected = forbidden.map(([rule, folder, from], index) => {
    const file = `${folder}/forbidden-${index}.ts`;
    write(file, statement(from));
    return `${rule} in ${file}`;
  });
  write(`${migrator}schema/b.ts`, statement('./c.ts'));
  write(`${migrator}schema/c.ts`, statement('./b.ts'));
  const circular = `no-circular in ${migrator}schema/b.ts`;
  expect(violations()).toEqual([...expected, circular].sort());
});
