import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Contestant, measureCase } from '../interleaved.ts';
import { branchedHistory, linearHistory } from '../long-history.ts';
import { runCommand } from '../measured-command.ts';
import type { Bench, Part } from '../part.ts';
import { alembic, compilePython, freshmaker } from '../programs.ts';
import { type BenchRevision, writeAlembic, writeFreshmaker } from '../scripts.ts';

const count = (number: number) => number.toLocaleString('en');

/** Reading a history: no revision is run, the database is stamped with its head. */
export function longHistory(shape: 'linear' | 'branched', length: number): Part {
  return {
    name: `${shape}-${length}`,
    title: `A ${shape} history of ${count(length)} revisions`,
    async run(bench) {
      const history = (shape === 'linear' ? linearHistory : branchedHistory)(length);
      write(bench, history);
      const cases = [];
      for (const command of ['heads', 'history', 'current']) {
        bench.progress(command);
        const contestants: Contestant[] = [];
        for (const { program, run } of programs(bench)) {
          const url = `sqlite:///${join(bench.scratch, `${program}.db`)}`;
          if (command === 'current') await runCommand(stampHead(bench, url), bench.effort.limitSeconds);
          contestants.push({
            program,
            command: run([command], url),
            check: (stdout) => answered(stdout, command === 'history' ? history : history.slice(-1)),
          });
        }
        const database = command === 'current' ? 'SQLite, at head' : null;
        cases.push(await measureCase({ what: `\`${command}\``, database, contestants }, bench.effort));
      }
      return { notes: [], cases };
    },
  };
}

/** Running a history, from an empty database on. */
export const longUpgrade: Part = {
  name: 'upgrade-1000',
  title: '`upgrade` of 1,000 revisions',
  async run(bench) {
    write(bench, linearHistory(1000));
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
      cases.push(await measureCase({ what: '`upgrade`', database, contestants }, bench.effort));
    }
    return {
      notes: [
        'Freshmaker’s migrator commits each revision by itself, with the version row. As `alembic init` sets it up, Alembic runs all in one transaction; `transaction_per_migration` has it do the same.',
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

/** The version table is the same for all programs. */
function stampHead({ scratch }: Bench, url: string): Contestant['command'] {
  return freshmaker(['db', 'stamp', '--directory', join(scratch, 'freshmaker')], { cwd: scratch, url });
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
