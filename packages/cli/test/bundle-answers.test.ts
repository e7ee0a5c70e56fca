import { writeFileSync } from 'node:fs';
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

test.each<{ lines: readonly (readonly string[])[]; code: number }>([
  { lines: [['--version']], code: 0 },
  { lines: [['--help']], code: 0 },
  { lines: [['db', '--help']], code: 0 },
  { lines: [['help', 'db', 'upgrade']], code: 0 },
  { lines: [['complete', 'db', 'upg']], code: 0 },
  { lines: [['completion', 'bash']], code: 0 },
  { lines: [['db', 'upgrde']], code: 2 },
  { lines: [['db', 'upgrade', '--nope', '--json']], code: 2 },
  { lines: [['db', 'show', 'nope', '--json']], code: 2 },
  { lines: [['db', 'history', '-v']], code: 0 },
  { lines: [['db', 'upgrade', '--sql']], code: 0 },
  { lines: [['db', 'check', '--scripts', '--json']], code: 0 },
  {
    lines: [
      ['db', 'upgrade'],
      ['db', 'current', '--check-heads'],
      ['db', 'check'],
    ],
    code: 0,
  },
  {
    lines: [
      ['createdb', '--quiet'],
      ['db', 'downgrade', '-2', '--no-backup'],
      ['db', 'current', '--check-heads'],
    ],
    code: 1,
  },
])('$lines answer the same', async ({ lines, code }) => {
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

  test.each(['bundle', 'package'] as const)('for the configuration of a project: %s', async (name) => {
    const { path } = name === 'bundle' ? clone : project;
    const config = `${path}/engine.config.mjs`;
    writeFileSync(
      config,
      `import { RevisionMigrator, ScriptError } from '@freshmaker/migrator';
import { ConfigurationError } from '@freshmaker/migrator/engine';
if (typeof RevisionMigrator.register !== 'function') throw new Error('This is no extension of MikroORM.');
if (Object.getPrototypeOf(ScriptError) !== Object.getPrototypeOf(ConfigurationError)) throw new Error('Two engines.');
export default { databaseUrl: 'sqlite:///x.db', mikroOrm: { extensions: [RevisionMigrator], entities: [] } };
`,
    );
    const outcome = await programs[name](['db', 'heads', '--config', config, '--json']);
    expect({ ...outcome, stdout: JSON.parse(outcome.stdout) }).toMatchObject({
      code: 0,
      stdout: { revisions: [expect.anything()] },
      stderr: '',
    });
  });
});
