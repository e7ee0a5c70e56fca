import { execFile, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { hasPgBouncer, startPgBouncer } from '../../packages/migrator/test/runtime/pgbouncer.ts';
import { postgresqlSettings } from '../../packages/migrator/test/runtime/place.ts';
import { createDatabase, describePostgresql, postgresqlServers } from '../jest/postgresql.ts';

const root = join(import.meta.dirname, '..', '..');
const deployment = join(root, 'examples', 'deployment');
const read = (name: string) => readFileSync(join(deployment, name), 'utf8');
const freshmaker = join(root, 'node_modules/.bin/freshmaker');

interface Container {
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
}

/** A container's command and environment, with a database in the place of the secret. */
function commandOf({ command, env }: Container, url: string) {
  // Production needs to be told which database is meant, and where: by the secret alone.
  const secret = env.filter((each) => each.valueFrom !== undefined);
  expect(secret.map((each) => each.name)).toEqual(['FRESHMAKER_DATABASE_URL']);
  const values = env.map(({ name, value }) => [name, value ?? url]);
  return { command, env: Object.fromEntries(values) as Record<string, string> };
}

/** Runs what a container or unit runs. */
async function run([program, ...args]: readonly string[], env: Record<string, string>) {
  expect(program).toBe('freshmaker');
  const environment = { PATH: process.env.PATH, HOME: tmpdir(), ...env };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [freshmaker, ...args], {
      cwd: tmpdir(),
      env: environment,
    });
    return { status: 0, stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout: stdout + stderr };
  }
}

/** The title of a test that needs a program, with the reason where it is left out. */
const titled = (title: string, program: string, isThere: boolean) =>
  isThere ? title : `${title} (left out: there is no ${program})`;

const pods = parse(read('kubernetes-init-container.yaml')).spec;
const job = parse(read('kubernetes-job.yaml')).spec;
const [initContainer]: readonly Container[] = pods.template.spec.initContainers;
const [jobContainer]: readonly Container[] = job.template.spec.containers;

/** How many revisions Freshmaker's history has. */
async function historySize(): Promise<number> {
  const { stdout } = await run(['freshmaker', 'db', 'history', '--json'], {});
  return JSON.parse(stdout).revisions.length;
}

describePostgresql('ten pods at once', () => {
  const [server] = postgresqlServers();

  async function startPods(url: string) {
    if (!initContainer) throw new Error('There is no init container.');
    const { command, env } = commandOf(initContainer, url);
    const results = await Promise.all(Array.from({ length: pods.replicas }, () => run(command, env)));
    expect(results.map(({ status, stdout }) => (status === 0 ? '' : stdout))).toEqual(
      Array.from({ length: 10 }, () => ''),
    );
    const applied = results.flatMap((each): { revision: string }[] => JSON.parse(each.stdout).applied);
    const revisions = applied.map((each) => each.revision);
    expect(new Set(revisions).size).toBe(revisions.length);
    expect(revisions).toHaveLength(await historySize());
    const check = await run(['freshmaker', 'db', 'current', '--check-heads', '--json'], env);
    expect(check.status).toBe(0);
    expect(JSON.parse(check.stdout).current).toEqual([{ revision: expect.any(String), isHead: true }]);
  }

  test('bring a database to head, each revision once', async () => {
    if (!server) throw new Error('There is no server.');
    await using database = await createDatabase(server);
    await startPods(database.url);
  });

  const pooled = hasPgBouncer ? test : test.skip;
  pooled(titled('behind PgBouncer in transaction mode, too', 'pgbouncer', hasPgBouncer), async () => {
    if (!server) throw new Error('There is no server.');
    await using database = await createDatabase(server);
    const direct = postgresqlSettings(database.url);
    await using pooler = await startPgBouncer(direct, 3);
    const settings = pooler.settings(direct);
    if (settings.dialect !== 'postgresql') throw new Error('PgBouncer is for PostgreSQL.');
    const { user, port, database: name, host } = settings;
    const url = `postgresql://${user}@localhost:${port}/${name}?host=${host}`;
    await startPods(url);
  });

  test('the job does the same by itself, and finds nothing to do afterwards', async () => {
    if (!server || !jobContainer) throw new Error('There is no server, or no job.');
    await using database = await createDatabase(server);
    const { command, env } = commandOf(jobContainer, database.url);
    const first = await run(command, env);
    expect(first.status).toBe(0);
    expect(JSON.parse(first.stdout).applied).toHaveLength(await historySize());
    const second = await run(command, env);
    expect({ ...second, stdout: JSON.parse(second.stdout).applied }).toEqual({ status: 0, stdout: [] });
  });
});

describe('the systemd unit', () => {
  const text = read('freshmaker.service');
  const settings = [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, key = '', value = '']) => ({ key, value }));
  const valuesOf = (key: string) => settings.filter((each) => each.key === key).map((each) => each.value);
  const [before = ''] = valuesOf('ExecStartPre');
  const command = ['freshmaker', ...before.split(' ').slice(1)];
  const env = Object.fromEntries(valuesOf('Environment').map((each) => each.split('=')));
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deployment-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('brings the database to head before the service starts, also when it starts again', async () => {
    expect(before).toMatch(/^\/\S+\/node_modules\/\.bin\/freshmaker /);
    const url = { FRESHMAKER_DATABASE_URL: `sqlite:///${join(folder, 'freshmaker.db')}` };
    for (const _ of ['start', 'restart']) {
      expect(await run(command, { ...env, ...url })).toMatchObject({ status: 0 });
      const check = await run(['freshmaker', 'db', 'current', '--check-heads'], { ...env, ...url });
      expect(check.status).toBe(0);
    }
  });

  test('does not start the service when no database is configured', async () => {
    const { status, stdout } = await run(command, env);
    expect(status).toBe(2);
    expect(stdout).toContain('DATABASE_NOT_CONFIGURED');
  });

  const analyze = '/usr/bin/systemd-analyze';
  const verified = existsSync(analyze) ? test : test.skip;
  verified(titled('is what systemd-analyze verify accepts', analyze, existsSync(analyze)), () => {
    const bin = join(folder, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    symlinkSync(freshmaker, join(bin, 'freshmaker'));
    const verify = (unit: string) => {
      const file = join(folder, 'freshmaker.service');
      writeFileSync(file, unit);
      const { status, stdout, stderr } = spawnSync(analyze, ['verify', file], { encoding: 'utf8' });
      return { status, said: stdout + stderr };
    };
    // The paths of the unit are placeholders: those of this machine take their place.
    const here = text.replaceAll('/srv/freshmaker', folder).replaceAll('/usr/bin/node', process.execPath);
    expect(verify(here)).toEqual({ status: 0, said: '' });
    expect(verify(here.replace('ExecStartPre', 'ExecBefore')).said).toContain('ExecBefore');
  });
});

describe('the image', () => {
  const instructions = [...read('Dockerfile').matchAll(/^([A-Z]+) (.*)$/gm)].map(
    ([, name = '', text = '']) => ({
      name,
      text,
    }),
  );
  const of = (name: string) => instructions.filter((each) => each.name === name).map((each) => each.text);

  test('runs the same program as the containers, which is on its path', () => {
    expect(JSON.parse(of('CMD').at(-1) ?? '')).toEqual(initContainer?.command.slice(0, 3));
    expect(of('ENV').join()).toContain(`${of('WORKDIR').at(-1)}/node_modules/.bin`);
  });

  test('has a Node that the packages accept, and runs scripts that exist', () => {
    const { engines, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const [, least = ''] = /^>=(\d+)/.exec(engines.node) ?? [];
    for (const base of of('FROM'))
      expect(Number(/^node:(\d+)/.exec(base)?.[1])).toBeGreaterThan(Number(least));
    const named = of('RUN').flatMap((each) => /npm run (\S+)/.exec(each)?.[1] ?? []);
    expect(named).toEqual(['build']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});

describe('the workflow', () => {
  const workflow = parse(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8'));
  const steps: readonly { readonly run?: string }[] = workflow.jobs.check.steps;
  const commands = steps.flatMap((step) => step.run ?? []);

  test('runs what a change has to pass, for every pull request', () => {
    expect(Object.keys(workflow.on)).toEqual(['push', 'pull_request']);
    expect(commands.slice(-2)).toEqual(['.ci/run', './manager db check --scripts']);
  });

  test('has what .ci/run wants to install: Debian 12, whose PostgreSQL is 15', () => {
    expect(workflow.jobs.check.container.image).toMatch(/^node:24-bookworm$/);
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain('apt-get install -y -qq');
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain('postgresql-15');
  });

  test('its check of models and scripts passes, without a database', async () => {
    const [, words = ''] = /^\.\/manager (.*)$/.exec(commands.at(-1) ?? '') ?? [];
    const result = await run(['freshmaker', ...words.split(' ')], { FRESHMAKER_ENV: 'production' });
    expect(result).toMatchObject({ status: 0 });
  });
});
