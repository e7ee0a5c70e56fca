// `npm run packages:installed`: installs the tarballs in folders outside the checkout, as a person or an image does, and runs
// the command there: on Freshmaker's own history, and in a MikroORM project with entities of its own. Needs built packages
// and the npm registry.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastStage } from './dockerfile.ts';

const root = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'installed-'));
const packages = join(scratch, 'packages');
const say = (line: string) => process.stdout.write(`${line}\n`);

/** This process's Node comes first; nothing of this repository's own set-up reaches the folders. */
const environment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(NODE_OPTIONS|NODE_ENV|npm_|INIT_CWD|FRESHMAKER_|DATABASE_URL)/.test(name),
    ),
  ),
  NO_COLOR: '1',
};

function folder(name: string): string {
  const path = join(scratch, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Runs a command of a shell; `expected` are its exit code and a part of what it prints. */
function run(
  cwd: string,
  command: string,
  expected: { readonly status?: number; readonly prints?: string } = {},
  env: Readonly<Record<string, string>> = {},
): void {
  const { status = 0, prints = '' } = expected;
  say(`$ ${command}`);
  const bin = join(cwd, 'node_modules', '.bin');
  const result = spawnSync('/bin/sh', ['-ec', command], {
    cwd,
    encoding: 'utf8',
    // A registry that does not answer is not waited for.
    timeout: 300_000,
    env: { ...environment, PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH}`, ...env },
  });
  const printed = result.stdout + result.stderr;
  if (result.error) throw result.error;
  if (result.status === status && printed.includes(prints)) return;
  throw new Error(
    `It was to exit with ${status}${prints && ` and print ${prints}`}; it exited with ${result.status}:\n${printed}`,
  );
}

/** What the last stage of the image does, in a folder instead of an image. */
function installAsImage(): string {
  const image = folder('image');
  const stage = lastStage(readFileSync(join(root, 'examples/deployment/Dockerfile'), 'utf8'));
  if (stage.run.length === 0) throw new Error('The image runs nothing.');
  for (const command of stage.run) run(image, command.replaceAll('/packages', packages));
  return image;
}

const entity = (properties: string) => `import { defineEntity, p } from '@mikro-orm/core';

const BookSchema = defineEntity({ name: 'Book', properties: { id: p.integer().primary(), ${properties} } });
export class Book extends BookSchema.class {}
BookSchema.setClass(Book);
`;

const configuration = `import { RevisionMigrator } from '@freshmaker/migrator';
import { defineConfig } from '@mikro-orm/sqlite';
import { Book } from './book.ts';

export default defineConfig({
  dbName: 'development.db',
  entities: [Book],
  extensions: [RevisionMigrator],
  migrations: { path: 'migrations' },
});
`;

/** A project that knows nothing of Freshmaker's models, with its MikroORM options in TypeScript. */
function checkProject(): void {
  const project = folder('project');
  const write = (name: string, text: string) => writeFileSync(join(project, name), text);
  write('package.json', '{ "private": true, "type": "module" }\n');
  const orm = ['core', 'sqlite', 'migrations', 'sql', 'cli'].map((name) => `@mikro-orm/${name}@7.2.1`);
  const install = 'npm install --ignore-scripts --no-audit --no-fund';
  run(project, `${install} ${packages}/*.tgz ${orm.join(' ')} jiti@2.7.0`);
  write('book.ts', entity('title: p.string().length(300)'));
  write('mikro-orm.config.ts', configuration);

  run(project, 'freshmaker db init', { prints: 'freshmaker.config.ts' });
  run(project, 'freshmaker db migrate -m "Begin"', { prints: 'createTable book' });
  run(project, 'freshmaker db check', { status: 2, prints: 'DATABASE_NOT_AT_HEAD' });
  run(project, 'freshmaker db upgrade', { prints: 'Begin' });
  run(project, 'freshmaker db check', { prints: 'Up to date' });
  run(project, 'mikro-orm migration:check', { prints: 'up-to-date' });
  write('book.ts', entity('title: p.string().length(300), pages: p.integer().nullable()'));
  run(project, 'freshmaker db check', { status: 1, prints: 'pages' });
  run(project, 'mikro-orm migration:create --name "Count pages"', { prints: 'count_pages.ts' });
  run(project, 'mikro-orm migration:up', { prints: 'Applied' });
  run(project, 'freshmaker db check --scripts');
  run(project, 'freshmaker db downgrade', { prints: 'Count pages' });
}

try {
  mkdirSync(packages);
  for (const name of ['migrator', 'models', 'cli']) {
    run(root, `npm pack --ignore-scripts --pack-destination ${packages} ./packages/${name}`);
  }
  const image = installAsImage();
  const production = { FRESHMAKER_ENV: 'production' };
  const configured = { ...production, FRESHMAKER_DATABASE_URL: `sqlite:///${join(image, 'freshmaker.db')}` };
  run(image, 'freshmaker db upgrade', { status: 2, prints: 'DATABASE_NOT_CONFIGURED' }, production);
  run(image, 'freshmaker db upgrade', { prints: 'Running upgrade' }, configured);
  run(image, 'freshmaker db current --check-heads', { prints: '(head)' }, configured);
  run(image, 'freshmaker db check', { prints: 'Up to date' }, configured);
  checkProject();
  say('\nWhat is packed can be installed, and works.');
} finally {
  rmSync(scratch, { recursive: true });
}
