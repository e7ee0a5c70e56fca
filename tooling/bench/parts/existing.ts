import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MeasuredCase, Result } from '../interleaved.ts';
import { runCommand } from '../measured-command.ts';
import type { Bench, Part } from '../part.ts';
import { root } from '../programs.ts';

/** No run of a benchmark that measures by itself takes longer than this, in seconds. */
const LIMIT_SECONDS = 600;

/** Runs a package's own benchmark in a process of its own; returns the JSON it writes into a file. */
async function packageBench<Answer>(
  { scratch, progress }: Bench,
  program: string,
  args: readonly string[],
): Promise<Answer> {
  progress(program);
  const file = join(scratch, 'results.json');
  const { ended } = await runCommand(
    {
      argv: [
        process.execPath,
        '--conditions=@freshmaker/source',
        join(root, program),
        ...args,
        '--json',
        file,
      ],
      cwd: root,
    },
    LIMIT_SECONDS,
  );
  if (!ended) throw new Error(`${program} took longer than ${LIMIT_SECONDS} s.`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

function result(program: string, medianSeconds: number, rest: Partial<Result> = {}): Result {
  return { program, medianSeconds, seconds: [medianSeconds], peakMegabytes: null, ...rest };
}

/** Written by `packages/migrator/bench/autogenerate.ts`. */
interface Autogenerate {
  readonly results: readonly {
    readonly engine: string;
    readonly migrator: number;
    readonly alembic: number | null;
  }[];
}

export const autogenerate: Part = {
  name: 'autogenerate',
  title: 'Autogenerate: 1,000 tables of 10 columns without a difference',
  async run(bench) {
    const runs = String(Math.min(bench.effort.runs, 2));
    const { results } = await packageBench<Autogenerate>(bench, 'packages/migrator/bench/autogenerate.ts', [
      '--tables',
      '1000',
      '--runs',
      runs,
    ]);
    return {
      notes: [
        'Inside one process each: reading the database and comparing, without the start of the program.',
      ],
      cases: results.map(({ engine, migrator, alembic }) => ({
        what: 'read and compare',
        database: engine,
        results: [result('Freshmaker', migrator), ...(alembic === null ? [] : [result('Alembic', alembic)])],
      })),
    };
  },
};

/** Written by `packages/migrator/bench/runtime/run.ts`. */
interface Runtime {
  readonly measurements: readonly {
    readonly work: string;
    readonly medianSeconds: number;
    readonly seconds: readonly number[];
    readonly peakMegabytes: number;
  }[];
}

export const rebuild: Part = {
  name: 'rebuild',
  title: 'Table rebuild of 1,000,000 rows',
  async run(bench) {
    const runs = String(Math.min(bench.effort.runs, 2));
    const works = ['rebuild', 'bare copy'];
    const { measurements } = await packageBench<Runtime>(bench, 'packages/migrator/bench/runtime/run.ts', [
      '--rows',
      '1000000',
      '--runs',
      runs,
      ...works.flatMap((work) => ['--work', work]),
    ]);
    const results = works.flatMap((work) =>
      measurements
        .filter((each) => each.work === work)
        .map(({ medianSeconds, seconds, peakMegabytes }) =>
          result(work === 'rebuild' ? 'Freshmaker' : 'Bare SQLite', medianSeconds, {
            seconds,
            peakMegabytes,
          }),
        ),
    );
    return {
      notes: [
        'A column becomes NOT NULL; two indexes are built again. “Bare SQLite” is the `INSERT … SELECT` that this comes to, without any of the care. Inside one process, on a file.',
      ],
      cases: [{ what: 'rebuild', database: 'SQLite', results }],
    };
  },
};

/** Written by `packages/testing/bench/run.ts`, in milliseconds. */
interface TestDatabases {
  readonly lines: readonly {
    readonly name: string;
    readonly results: Readonly<Record<string, { readonly median: number } | null>>;
  }[];
}

export const testDatabases: Part = {
  name: 'test-databases',
  title: 'Databases for tests',
  async run(bench) {
    const engines = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };
    const { lines } = await packageBench<TestDatabases>(bench, 'packages/testing/bench/run.ts', [
      '--runs',
      '30',
      '--engines',
      Object.keys(engines).join(','),
    ]);
    const cases = lines.map(
      ({ name, results }): MeasuredCase => ({
        what: name,
        database: null,
        results: Object.entries(engines).flatMap(([engine, program]) => {
          const found = results[engine];
          return found ? [result(program, found.median / 1000)] : [];
        }),
      }),
    );
    return {
      notes: ['Inside one process: what a test waits for, by the way it comes to its database.'],
      cases,
      comparable: false,
    };
  },
};
