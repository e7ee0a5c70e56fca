// `npm run packages:installed`: installs the tarballs in folders outside the checkout, as a person or an image does, and runs
// the command there: on Freshmaker's own history, and in a MikroORM project with entities of its own. Needs built packages
// and the npm registry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastStage } from './dockerfile.ts';
import { PackedProject, type RunOptions } from './packed-project.ts';

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

await using project = new PackedProject();
await Promise.all(['migrator', 'models', 'cli'].map((name) => project.pack(name)));
await checkImage();
await checkProject();
await project.requireNothingRunning();
process.stdout.write('What is packed can be installed, and works.\n');

/** Runs commands in a folder of the project where the packages are installed. */
function commandsIn(cwd: string): (command: string, expected?: RunOptions) => Promise<string> {
  return (command, expected) =>
    project.run(command, `PATH="$PWD/node_modules/.bin:$PATH"; ${command}`, { cwd, ...expected });
}

/** What the last stage of the image does, in a folder instead of an image. */
async function checkImage(): Promise<void> {
  const dockerfile = join(import.meta.dirname, '..', '..', 'examples/deployment/Dockerfile');
  const stage = lastStage(readFileSync(dockerfile, 'utf8'));
  if (stage.run.length === 0) throw new Error('The image runs nothing.');
  project.write('image/.keep', '');
  const inImage = commandsIn('image');
  for (const command of stage.run) await inImage(command.replaceAll('/packages', project.folder));
  const production = { FRESHMAKER_ENV: 'production' };
  const url = `sqlite:///${join(project.folder, 'image', 'freshmaker.db')}`;
  const env = { ...production, FRESHMAKER_DATABASE_URL: url };
  await inImage('freshmaker db upgrade', { status: 2, prints: 'DATABASE_NOT_CONFIGURED', env: production });
  await inImage('freshmaker db upgrade', { prints: 'Running upgrade', env });
  await inImage('freshmaker db current --check-heads', { prints: '(head)', env });
  await inImage('freshmaker db check', { prints: 'Up to date', env });
}

/** A project that knows nothing of Freshmaker's models, with its MikroORM options in TypeScript. */
async function checkProject(): Promise<void> {
  const inProject = commandsIn('project');
  project.write('project/package.json', '{ "private": true, "type": "module" }\n');
  const orm = ['core', 'sqlite', 'migrations', 'sql', 'cli'].map((name) => `@mikro-orm/${name}@7.2.1`);
  const install = 'npm install --ignore-scripts --no-audit --no-fund --prefer-offline';
  await inProject(`${install} ${project.folder}/*.tgz ${orm.join(' ')} jiti@2.7.0`);
  project.write('project/book.ts', entity('title: p.string().length(300)'));
  project.write('project/mikro-orm.config.ts', configuration);

  await inProject('freshmaker db init', { prints: 'freshmaker.config.ts' });
  await inProject('freshmaker db migrate -m "Begin"', { prints: 'createTable book' });
  await inProject('freshmaker db check', { status: 2, prints: 'DATABASE_NOT_AT_HEAD' });
  await inProject('freshmaker db upgrade', { prints: 'Begin' });
  await inProject('freshmaker db check', { prints: 'Up to date' });
  await inProject('mikro-orm migration:check', { prints: 'up-to-date' });
  project.write('project/book.ts', entity('title: p.string().length(300), pages: p.integer().nullable()'));
  await inProject('freshmaker db check', { status: 1, prints: 'pages' });
  await inProject('mikro-orm migration:create --name "Count pages"', { prints: 'count_pages.ts' });
  await inProject('mikro-orm migration:up', { prints: 'Applied' });
  await inProject('freshmaker db check --scripts');
  await inProject('freshmaker db downgrade', { prints: 'Count pages' });
}
