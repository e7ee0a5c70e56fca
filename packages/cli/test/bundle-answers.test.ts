import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { historyFolder } from './history-folder.ts';
import { type Outcome, type RunOptions, temporaryFolder } from './run-cli.ts';
import { type ScratchClone, scratchClone, scratchProject } from './scratch-clone.ts';

type Run = (argv: readonly string[], given?: RunOptions) => Promise<Outcome>;

let clone: ScratchClone;
let project: Awaited<ReturnType<typeof scratchProject>>;
let programs: Readonly<Record<'sources' | 'bundle' | 'package', Run>>;
beforeAll(async () => {
  clone = scratchClone();
  project = await scratchProject(clone);
  programs = {
    sources: (argv, given) => clone.run(argv, { ...given, options: ['--conditions=@freshmaker/source'] }),
    bundle: clone.run,
    package: project.run,
  };
});
afterAll(() => {
  clone[Symbol.dispose]();
  project[Symbol.dispose]();
});

/** What a command line answers, run by the sources, by the bundle of a clone and by the installed package. */
async function answers(lines: readonly (readonly string[])[]): Promise<readonly (readonly Outcome[])[]> {
  return Promise.all(
    Object.values(programs).map(async (run) => {
      using folder = temporaryFolder();
      const env = { FRESHMAKER_DATABASE_URL: 'sqlite:///test.db' };
      const outcomes: Outcome[] = [];
      for (const line of lines) {
        const { code, stdout, stderr } = await run(line, { cwd: folder.path, env });
        const plain = (text: string) =>
          text
            .replaceAll(folder.path, '<cwd>')
            .replaceAll(clone.path, '<root>')
            .replaceAll(`${project.path}/node_modules/@freshmaker/models/dist`, '<root>/packages/models')
            .replaceAll(/\.js\b/g, '.ts')
            .replace(/"(startedAt|finishedAt|durationMs)": .*/g, '"$1"');
        outcomes.push({ code, stdout: plain(stdout), stderr: plain(stderr) });
      }
      return outcomes;
    }),
  );
}

test.each<[lines: readonly (readonly string[])[], code: number]>([
  [[['--version']], 0],
  [[['--help']], 0],
  [[['db', '--help']], 0],
  [[['help', 'db', 'upgrade']], 0],
  [[['complete', 'db', 'upg']], 0],
  [[['completion', 'bash']], 0],
  [[['db', 'upgrde']], 2],
  [[['db', 'upgrade', '--nope', '--json']], 2],
  [[['db', 'show', 'nope', '--json']], 2],
  [[['db', 'history', '-v']], 0],
  [[['db', 'upgrade', '--sql']], 0],
  [[['db', 'check', '--scripts', '--json']], 0],
  [
    [
      ['db', 'upgrade'],
      ['db', 'current', '--check-heads'],
      ['db', 'check'],
    ],
    0,
  ],
  [
    [
      ['createdb', '--quiet'],
      ['db', 'downgrade', '-2', '--no-backup'],
      ['db', 'current', '--check-heads'],
    ],
    1,
  ],
])('%j answer the same, in the end %i', async (lines, code) => {
  const [sources, bundle, installed] = await answers(lines);
  expect(sources?.at(-1)?.code).toBe(code);
  expect(bundle).toEqual(sources);
  expect(installed).toEqual(sources);
});

describe('there is one engine', () => {
  test.each(['sources', 'bundle', 'package'] as const)('for the scripts that %s run', async (name) => {
    using folder = historyFolder({ id: 'a1' });
    writeFileSync(
      folder.file('versions/a1_script.mjs'),
      `import { ExecutionError } from '@freshmaker/migrator';
export const revision = 'a1';
export const downRevision = null;
export function upgrade() { throw new ExecutionError('IRREVERSIBLE', 'Told by a script.', { hint: 'None.' }); }
export function downgrade() {}
`,
    );
    const { code, stdout } = await programs[name](
      ['db', 'upgrade', '-d', folder.path, '--database-url', `sqlite:///${folder.file('x.db')}`, '--json'],
      { cwd: folder.path },
    );
    expect(code).toBe(2);
    expect(JSON.stringify(JSON.parse(stdout))).toContain('Told by a script.');
  });

  test.each(['sources', 'bundle', 'package'] as const)(
    'and one better-sqlite3, whose errors a script may know: %s',
    async (name) => {
      const { file } = name === 'package' ? project : clone;
      mkdirSync(file('one-library/versions'), { recursive: true });
      writeFileSync(
        file('one-library/versions/a1_script.mjs'),
        `import { createRequire } from 'node:module';
import Database, { SqliteError } from 'better-sqlite3';
export const revision = 'a1';
export const downRevision = null;
export function upgrade(op) {
  op.run(async (db, context) => {
    const isOne = createRequire(import.meta.url)('better-sqlite3') === Database;
    const error = await db.selectFrom('nothing').selectAll().execute().catch((error) => error);
    context.log(\`one: \${isOne}, known: \${error instanceof SqliteError}\`);
  });
}
export function downgrade() {}
`,
      );
      using folder = temporaryFolder();
      const url = `sqlite:///${folder.file('x.db')}`;
      const argv = ['db', 'upgrade', '-d', file('one-library'), '--database-url', url];
      const { code, stderr } = await programs[name](argv);
      expect({ code, stderr }).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('one: true, known: true'),
      });
    },
  );

  test.each(['bundle', 'package'] as const)(
    'and one of the models, for a project that has more: %s',
    async (name) => {
      const { file } = name === 'bundle' ? clone : project;
      writeFileSync(
        file('models.config.mjs'),
        `import { defineEntity, p } from '@mikro-orm/core';
import { discoverEntities, FreshmakerBase } from '@freshmaker/models';
import { resolveDatabaseOptions } from '@freshmaker/models/options';
const NoteSchema = defineEntity({ name: 'Note', extends: FreshmakerBase, properties: { id: p.integer().primary() } });
class Note extends NoteSchema.class {}
NoteSchema.setClass(Note);
const entities = [...(await discoverEntities()), Note];
export default { mikroOrm: await resolveDatabaseOptions('sqlite://', { entities }) };
`,
      );
      const argv = ['db', 'check', '--scripts', '--config', file('models.config.mjs'), '--json'];
      const { code, stdout } = await programs[name](argv);
      expect({ code, ...JSON.parse(stdout) }).toMatchObject({
        code: 1,
        operations: [{ kind: 'createTable', table: 'note' }],
      });
    },
  );

  test.each(['bundle', 'package'] as const)(
    'and one MikroORM, for the entities of a project: %s',
    async (name) => {
      const { file } = name === 'bundle' ? clone : project;
      writeFileSync(
        file('engine.config.mjs'),
        `import { defineEntity, p } from '@mikro-orm/core';
import { RevisionMigrator, ScriptError } from '@freshmaker/migrator';
import { ConfigurationError } from '@freshmaker/migrator/engine';
if (Object.getPrototypeOf(ScriptError) !== Object.getPrototypeOf(ConfigurationError)) throw new Error('Two engines.');
const Thing = defineEntity({ name: 'Thing', tableName: 'things', properties: { id: p.integer().primary() } });
export default { mikroOrm: { extensions: [RevisionMigrator], entities: [Thing] }, include: ['things'] };
`,
      );
      const argv = ['db', 'check', '--scripts', '--config', file('engine.config.mjs'), '--json'];
      const { code, stdout } = await programs[name](argv);
      expect({ code, ...JSON.parse(stdout) }).toMatchObject({
        code: 1,
        operations: [expect.objectContaining({ kind: 'createTable' })],
      });
    },
  );
});

describe('where a part is missing that is installed', () => {
  /** Runs a command while a file, or folder, is not there. */
  async function without(name: string, ...argv: readonly string[]) {
    renameSync(project.file(name), project.file('away'));
    try {
      const { code, stdout } = await project.run([...argv, '--json']);
      return { code, ...JSON.parse(stdout) };
    } finally {
      renameSync(project.file('away'), project.file(name));
    }
  }

  test('the package that is missing is told', async () => {
    const current = ['db', 'current', '--database-url', 'sqlite:///:memory:'];
    expect(await without('node_modules/better-sqlite3', ...current)).toEqual({
      code: 2,
      error: {
        code: 'PROGRAM_NOT_LOADED',
        message: 'The npm package better-sqlite3 is not installed, and freshmaker needs it.',
        hint: `Type \`npm install\` in ${project.path}.`,
        package: 'better-sqlite3',
      },
    });
  });

  const dist = 'node_modules/@freshmaker/cli/dist';
  test.each(['loader.js', 'process.cjs', 'commands/db/heads.cjs'])('the file %s is told', async (file) => {
    expect(await without(`${dist}/${file}`, 'db', 'heads')).toEqual({
      code: 2,
      error: {
        code: 'PROGRAM_NOT_LOADED',
        message: expect.stringContaining(project.file(`${dist}/${file}`)),
        hint: expect.stringContaining('install the package anew'),
      },
    });
  });

  test('a file that was cut off is told with its line', async () => {
    const file = project.file(`${dist}/commands/db/heads.cjs`);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, text.length / 2));
    const { code, stderr } = await project.run(['db', 'heads']);
    writeFileSync(file, text);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('[PROGRAM_NOT_LOADED]') });
    expect(stderr).toMatch(/heads\.cjs:\d+\)/);
  });
});
