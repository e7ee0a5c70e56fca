import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, type Contestant, measureCase } from '../interleaved.ts';
import { runCommand } from '../measured-command.ts';
import type { Bench, Part } from '../part.ts';
import { alembic, compilePython, flask, freshmaker, withTables } from '../programs.ts';
import { writeAlembic, writeFlaskMigrate } from '../scripts.ts';
import { serviceHistory } from '../service-history.ts';

type DialectName = 'sqlite' | 'postgresql';

const names: Readonly<Record<DialectName, string>> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };

/** A program with a folder of its own. */
interface Program {
  readonly name: string;
  readonly folder: string;
  run(args: readonly string[], url: string): Contestant['command'];
  /** Its arguments for one of the commands that are compared. */
  readonly args: Readonly<Record<string, readonly string[]>>;
  check?(args: string): string | null;
}

/** The daily commands on Freshmaker's own history of twenty revisions. */
export function service(dialect: DialectName): Part {
  return {
    name: dialect,
    title: `Freshmaker’s own 20 revisions on ${names[dialect]}`,
    async run(bench) {
      if (dialect === 'postgresql' && bench.python.alembic !== null && bench.python.psycopg2 === null) {
        bench.progress('Without python3-psycopg2 Alembic has no way to PostgreSQL.');
      }
      const programs = await prepare(bench, dialect);
      const cases = [];
      for (const what of ['upgrade', 'upgrade again', 'current', 'history', 'check'] as const) {
        bench.progress(what);
        const contestants = [];
        for (const program of programs) contestants.push(await contestant(program, what, dialect, bench));
        const measured: Case = { what: titles[what], database: names[dialect], contestants };
        cases.push(await measureCase(measured, bench.effort));
      }
      return { notes, cases };
    },
  };
}

type Work = 'upgrade' | 'upgrade again' | 'current' | 'history' | 'check';

const titles: Readonly<Record<Work, string>> = {
  upgrade: '`db upgrade` of an empty database',
  'upgrade again': '`db upgrade`, nothing to do',
  current: '`db current`',
  history: '`db history`',
  check: '`db check`',
};

const notes = [
  'Alembic’s scripts are generated: each runs the statements that Freshmaker’s migrator prints for the revision, one `op.execute` per statement.',
  'Flask-Migrate runs them in an application that has these tables and nothing else; that of Freshmaker’s Python service loads far more.',
  'Alembic has `check` since 1.9 only: with an older one the line compares with `revision --autogenerate`, which finds nothing and writes an empty script.',
];

async function prepare(bench: Bench, dialect: DialectName): Promise<readonly Program[]> {
  const { scratch, python } = bench;
  const own = join(scratch, 'freshmaker');
  mkdirSync(own);
  const freshmakerProgram: Program = {
    name: 'Freshmaker',
    folder: own,
    run: (args, url) => freshmaker(['db', ...args], { cwd: own, url }),
    args: { upgrade: ['upgrade'], current: ['current'], history: ['history'], check: ['check'] },
  };
  const reachable = dialect === 'sqlite' || python.psycopg2 !== null;
  if (python.alembic === null || !reachable) return [freshmakerProgram];
  const history = await serviceHistory(dialect);
  const [plain, inFlask] = [join(scratch, 'alembic'), join(scratch, 'flask')];
  writeAlembic(plain, history);
  compilePython(plain);
  const args = {
    upgrade: ['upgrade', 'head'],
    current: ['current'],
    history: ['history'],
    check: ['revision', '--autogenerate', '-m', 'check'],
  };
  const known = new Set(history.map((each) => `${each.revision}.py`));
  const check = (folder: string) => () => removeEmptyScript(join(folder, 'migrations', 'versions'), known);
  const programs: Program[] = [
    freshmakerProgram,
    {
      name: 'Alembic',
      folder: plain,
      run: (given, url) => alembic(given, { cwd: plain, url, env: withTables }),
      args,
      check: check(plain),
    },
  ];
  if (python.flask_migrate === null) return programs;
  writeFlaskMigrate(inFlask, history);
  compilePython(inFlask);
  return [
    ...programs,
    {
      name: 'Flask-Migrate',
      folder: inFlask,
      run: (given, url) => flask(['db', ...given], { cwd: inFlask, url }),
      args: { ...args, check: ['migrate', '-m', 'check'] },
      check: check(inFlask),
    },
  ];
}

/** The script that autogenerate has written, which must say that nothing is to do. */
function removeEmptyScript(versions: string, known: ReadonlySet<string>): string | null {
  const written = readdirSync(versions).filter((name) => name.endsWith('.py') && !known.has(name));
  const texts = written.map((name) => readFileSync(join(versions, name), 'utf8'));
  for (const name of written) rmSync(join(versions, name));
  const [text] = texts;
  if (text === undefined) return null; // Flask-Migrate writes no script that does nothing.
  return /def upgrade\(\) -> None:\n(?: {4}#.*\n)* {4}pass\n/.test(text)
    ? null
    : `finds differences:\n${text}`;
}

async function contestant(
  program: Program,
  what: Work,
  dialect: DialectName,
  bench: Bench,
): Promise<Contestant> {
  const file = join(program.folder, `${what.replace(' ', '-')}.db`);
  const newUrl = async () => (dialect === 'sqlite' ? `sqlite:///${file}` : bench.newDatabase());
  const args = program.args[what === 'upgrade again' ? 'upgrade' : what] ?? [];
  if (what === 'upgrade') {
    let url = await newUrl();
    return {
      program: program.name,
      get command() {
        return program.run(args, url);
      },
      async before() {
        rmSync(file, { force: true });
        url = await newUrl();
      },
    };
  }
  const url = await newUrl();
  await runCommand(program.run(program.args.upgrade ?? [], url), bench.effort.limitSeconds);
  return {
    program: program.name,
    command: program.run(args, url),
    check: (stdout) => {
      if (what === 'check') return program.check?.(stdout) ?? null;
      return what !== 'upgrade again' && !stdout.includes('fcba8824bf8d') ? `answers ${stdout}` : null;
    },
  };
}
