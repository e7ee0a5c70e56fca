import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  createDatabase,
  dropDatabase,
  startPostgresqlServer,
} from '../../../testing/src/postgresql-server/index.ts';
import type { Engine, Job, JobResult, Work } from './job.ts';
import { type Measurement, median, toMarkdown } from './report.ts';

/**
 * What the migrator's care costs: a rebuild of a table beside SQLite's bare `INSERT … SELECT`, and a walk in batches beside
 * one bare UPDATE. Every run is a process of its own on a new database, so that none warms up the next, and its peak memory
 * is its own.
 *
 * `npm run bench -w @freshmaker/migrator [-- --rows 1000000] [--runs 5] [--work rebuild] [--output FOLDER] [--json FILE]` prints
 * Markdown, and writes it and JSON into the folder where one is given, JSON alone into the file. `--work`, which may be given
 * several times, measures only that.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '5' },
    work: { type: 'string', multiple: true },
    output: { type: 'string' },
    json: { type: 'string' },
  },
});
const rows = Number(values.rows);
const runs = Number(values.runs);
const program = fileURLToPath(new URL('job.ts', import.meta.url));

function runJob(job: Job): JobResult {
  const output = execFileSync(
    process.execPath,
    ['--conditions=@freshmaker/source', program, JSON.stringify(job)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  return JSON.parse(output);
}

type NewDatabase = () => Promise<{ readonly address: string; drop(): Promise<unknown> }>;

async function measure(
  title: string,
  engine: Engine,
  work: Work,
  newDatabase: NewDatabase,
): Promise<Measurement> {
  const results: JobResult[] = [];
  for (let run = 1; run <= runs; run++) {
    process.stderr.write(`${title}: ${run} of ${runs}\n`);
    const { address, drop } = await newDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'migrator-bench-scripts-'));
    try {
      results.push(runJob({ engine, work, address, rows, folder }));
    } finally {
      await drop();
      rmSync(folder, { recursive: true });
    }
  }
  return {
    title,
    engine,
    work,
    medianSeconds: median(results.map((each) => each.seconds)),
    seconds: results.map((each) => each.seconds),
    peakMegabytes: median(results.map((each) => each.peakMegabytes)),
    baseMegabytes: median(results.map((each) => each.baseMegabytes)),
  };
}

async function sqliteFile() {
  const folder = mkdtempSync(join(tmpdir(), 'migrator-bench-'));
  return { address: join(folder, 'bench.db'), drop: async () => rmSync(folder, { recursive: true }) };
}

/** What is measured on each engine, with its title. */
const works: Readonly<Record<Engine, readonly (readonly [Work, string])[]>> = {
  sqlite: [
    ['bare copy', 'INSERT … SELECT of SQLite, bare'],
    ['rebuild', 'Table rebuild of the migrator'],
    ['bare update', 'One UPDATE, bare'],
    ['batches', 'context.batches, one transaction'],
    ['batches outside', 'context.batches, a transaction each'],
  ],
  postgresql: [
    ['bare update', 'One UPDATE, bare'],
    ['batches', 'context.batches, one transaction'],
    ['batches outside', 'context.batches, a transaction each'],
  ],
};

async function measureAll(
  engine: Engine,
  withDatabases: (work: (newDatabase: NewDatabase) => Promise<void>) => Promise<void>,
): Promise<readonly Measurement[]> {
  const wanted = works[engine].filter(([work]) => values.work?.includes(work) ?? true);
  const measurements: Measurement[] = [];
  if (wanted.length === 0) return measurements;
  await withDatabases(async (newDatabase) => {
    for (const [work, title] of wanted) measurements.push(await measure(title, engine, work, newDatabase));
  });
  return measurements;
}

const measurements = [
  ...(await measureAll('sqlite', (work) => work(sqliteFile))),
  ...(await measureAll('postgresql', async (work) => {
    await using server = await startPostgresqlServer();
    await work(async () => {
      const address = await createDatabase(server.url);
      const name = decodeURIComponent(new URL(address).pathname.slice(1));
      return { address, drop: () => dropDatabase(server.url, name) };
    });
  })),
];

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.version}`;
const markdown = toMarkdown(measurements, { rows, runs, machine });
process.stdout.write(markdown);
if (values.output !== undefined) {
  mkdirSync(values.output, { recursive: true });
  writeFileSync(join(values.output, 'runtime.md'), markdown);
  writeFileSync(
    join(values.output, 'runtime.json'),
    `${JSON.stringify({ rows, runs, machine, measurements }, null, 2)}\n`,
  );
}
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ rows, runs, measurements }));
