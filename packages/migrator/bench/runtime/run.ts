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
 * `npm run bench -w @freshmaker/migrator [-- --rows 1000000] [--runs 5] [--output FOLDER]` prints Markdown, and writes it and
 * JSON into the folder where one is given.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '5' },
    output: { type: 'string' },
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

async function measure(
  title: string,
  engine: Engine,
  work: Work,
  newDatabase: () => Promise<{ readonly address: string; drop(): Promise<unknown> }>,
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

const measurements: Measurement[] = [
  await measure('INSERT … SELECT of SQLite, bare', 'sqlite', 'bare copy', sqliteFile),
  await measure('Table rebuild of the migrator', 'sqlite', 'rebuild', sqliteFile),
  await measure('One UPDATE, bare', 'sqlite', 'bare update', sqliteFile),
  await measure('context.batches, one transaction', 'sqlite', 'batches', sqliteFile),
  await measure('context.batches, a transaction each', 'sqlite', 'batches outside', sqliteFile),
];
{
  await using server = await startPostgresqlServer();
  const database = async () => {
    const address = await createDatabase(server.url);
    const name = decodeURIComponent(new URL(address).pathname.slice(1));
    return { address, drop: () => dropDatabase(server.url, name) };
  };
  measurements.push(
    await measure('One UPDATE, bare', 'postgresql', 'bare update', database),
    await measure('context.batches, one transaction', 'postgresql', 'batches', database),
    await measure('context.batches, a transaction each', 'postgresql', 'batches outside', database),
  );
}

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
