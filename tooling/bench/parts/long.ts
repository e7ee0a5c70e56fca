import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Contestant, type MeasuredCase, measureCase } from '../interleaved.ts';
import { branchedHistory, linearHistory } from '../long-history.ts';
import type { Bench, Part } from '../part.ts';
import { alembic, bareDriver, compilePython, freshmaker } from '../programs.ts';
import { type BenchRevision, writeAlembic, writeFreshmaker, writeStatements } from '../scripts.ts';

const count = (number: number) => number.toLocaleString('en');

/** How many revisions an upgrade runs. */
const UPGRADE = 1000;

/** The floor: see `bare-driver.ts`. */
const BARE = 'Imports and driver alone, a transaction each';

/** Reading a history, in a database that is said to be at its head; then running the last of it. */
export function longHistory(shape: 'linear' | 'branched', length: number): Part {
  return {
    name: `${shape}-${length}`,
    title: `A ${shape} history of ${count(length)} revisions`,
    async run(bench) {
      const history = (shape === 'linear' ? linearHistory : branchedHistory)(length);
      write(bench, history);
      const cases: MeasuredCase[] = [];
      for (const command of ['heads', 'history', 'current']) {
        bench.progress(command);
        const contestants: Contestant[] = [];
        for (const { program, run } of programs(bench)) {
          const file = join(bench.scratch, `${program}.db`);
          if (command === 'current') writeVersion(file, history.at(-1));
          contestants.push({
            program,
            command: run([command], `sqlite:///${file}`),
            check: (stdout) => answered(stdout, command === 'history' ? history : history.slice(-1)),
          });
        }
        const database = command === 'current' ? 'SQLite, at head' : null;
        cases.push(await measureCase({ what: `\`${command}\``, database, contestants }, bench.effort));
      }
      if (shape === 'linear' && length > UPGRADE) cases.push(await lastRevisions(bench, history));
      return { notes: [], cases };
    },
  };
}

/** The last thousand revisions of many, which need no table of those before. */
async function lastRevisions(bench: Bench, history: readonly BenchRevision[]): Promise<MeasuredCase> {
  bench.progress('upgrade');
  const statements = join(bench.scratch, 'last.json');
  writeStatements(statements, join(bench.scratch, 'freshmaker'), history.slice(-UPGRADE), 'sqlite');
  const all: Pick<Program, 'program' | 'run'>[] = [
    ...programs(bench),
    { program: BARE, run: (_, url) => bareDriver(statements, url) },
  ];
  const contestants = all.map(({ program, run }): Contestant => {
    const file = join(bench.scratch, `${program}-upgrade.db`);
    return {
      program,
      command: run(['upgrade', 'head'], `sqlite:///${file}`),
      before: () => {
        rmSync(file, { force: true });
        writeVersion(file, history.at(-UPGRADE - 1));
      },
      check: () => {
        const version = readVersion(file);
        return version === history.at(-1)?.revision ? null : `leaves the database at ${version}`;
      },
    };
  });
  const what = `\`upgrade\` of the last ${count(UPGRADE)}`;
  return measureCase({ what, database: 'SQLite', contestants }, bench.effort);
}

/** Running a history, from an empty database on. */
export const longUpgrade: Part = {
  name: 'upgrade-1000',
  title: '`upgrade` of 1,000 revisions',
  async run(bench) {
    write(bench, linearHistory(UPGRADE));
    const cases = [];
    for (const database of ['SQLite', 'PostgreSQL']) {
      if (database === 'PostgreSQL' && bench.python.psycopg2 === null) {
        bench.progress('Without python3-psycopg2 Alembic has no way to PostgreSQL.');
      }
      bench.progress(database);
      const contestants = programs(bench)
        .filter(({ isOurs }) => isOurs || database === 'SQLite' || bench.python.psycopg2 !== null)
        .flatMap(({ program, isOurs, run }) => [
          upgradeOf(program, database, bench, (url) => run(['upgrade', 'head'], url)),
          ...(isOurs
            ? []
            : [
                upgradeOf(`${program}, a transaction each`, database, bench, (url) =>
                  run(['upgrade', 'head'], url, { BENCH_TRANSACTION_EACH: '1' }),
                ),
              ]),
        ]);
      const statements = join(bench.scratch, `${database}.json`);
      const dialect = database === 'SQLite' ? 'sqlite' : 'postgresql';
      writeStatements(statements, join(bench.scratch, 'freshmaker'), linearHistory(UPGRADE), dialect);
      contestants.push(upgradeOf(BARE, database, bench, (url) => bareDriver(statements, url)));
      cases.push(await measureCase({ what: '`upgrade`', database, contestants }, bench.effort));
    }
    return {
      notes: [
        'Freshmaker’s migrator commits each revision by itself, with the version row. As `alembic init` sets it up, Alembic runs all in one transaction; `transaction_per_migration` has it do the same.',
        'The column before the ratios imports the scripts and has the driver alone send the same statements, each revision committed too: it is the least that these two promises cost on this machine.',
      ],
      cases,
    };
  },
};

function upgradeOf(
  program: string,
  database: string,
  bench: Bench,
  run: (url: string) => Contestant['command'],
): Contestant {
  const file = join(bench.scratch, `${program}.db`);
  let url = '';
  return {
    program,
    get command() {
      return run(url);
    },
    async before() {
      rmSync(file, { force: true });
      url = database === 'SQLite' ? `sqlite:///${file}` : await bench.newDatabase();
    },
  };
}

/** Says where a database is, without any of the programs: the version table is the same for all. */
function writeVersion(file: string, revision: BenchRevision | undefined): void {
  const database = new Database(file);
  database.exec(`CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))`);
  database.prepare('INSERT INTO alembic_version VALUES (?)').run(revision?.revision);
  database.close();
}

function readVersion(file: string): unknown {
  const database = new Database(file, { readonly: true });
  const version = database.prepare('SELECT version_num FROM alembic_version').pluck().get();
  database.close();
  return version;
}

interface Program {
  readonly program: string;
  readonly isOurs: boolean;
  run(args: readonly string[], url: string, env?: Readonly<Record<string, string>>): Contestant['command'];
}

function programs({ scratch, python }: Bench): readonly Program[] {
  const [own, plain] = [join(scratch, 'freshmaker'), join(scratch, 'alembic')];
  const ours: Program = {
    program: 'Freshmaker',
    isOurs: true,
    run: ([command = '', ...args], url) =>
      freshmaker(['db', command, ...args, '--directory', own], { cwd: scratch, url }),
  };
  if (python.alembic === null) return [ours];
  const run: Program['run'] = (args, url, env) => alembic(args, { cwd: plain, url, ...(env && { env }) });
  return [ours, { program: 'Alembic', isOurs: false, run }];
}

function write({ scratch, python, progress }: Bench, history: readonly BenchRevision[]): void {
  progress(`${count(history.length)} scripts each`);
  writeFreshmaker(join(scratch, 'freshmaker'), history);
  if (python.alembic === null) return;
  writeAlembic(join(scratch, 'alembic'), history);
  compilePython(join(scratch, 'alembic', 'migrations', 'versions'));
}

/** An answer must name every revision that it is about. */
function answered(stdout: string, revisions: readonly BenchRevision[]): string | null {
  const missing = revisions.find(({ revision }) => !stdout.includes(revision));
  return missing ? `does not name ${missing.revision}` : null;
}
