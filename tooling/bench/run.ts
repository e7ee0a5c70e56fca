// `npm run bench [-- --only PART] [--runs 5] [--budget 5] [--limit 60]`: what the commands cost, side by side with Alembic and
// Flask-Migrate where Debian's packages of them are installed. A complete run puts its results into docs/benchmarks;
// `--only`, which may be given several times, prints them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type PostgresqlServer,
  startPostgresqlServer,
} from '../../packages/testing/src/postgresql-server/index.ts';
import type { Effort } from './interleaved.ts';
import type { Bench, Part } from './part.ts';
import { autogenerate, rebuild, testDatabases } from './parts/existing.ts';
import { longHistory, longUpgrade } from './parts/long.ts';
import { service } from './parts/service.ts';
import { startUp } from './parts/start-up.ts';
import { findPython, missingPackages, root } from './programs.ts';
import { type Report, toMarkdown } from './report.ts';

const parts: readonly Part[] = [
  startUp,
  service('sqlite'),
  service('postgresql'),
  longHistory('linear', 1000),
  longUpgrade,
  longHistory('linear', 10_000),
  longHistory('branched', 10_000),
  autogenerate,
  rebuild,
  testDatabases,
];

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    runs: { type: 'string', default: '5' },
    budget: { type: 'string', default: '5' },
    limit: { type: 'string', default: '60' },
  },
});
const effort: Effort = {
  runs: Number(values.runs),
  budgetSeconds: Number(values.budget),
  limitSeconds: Number(values.limit),
};
const names = parts.map((part) => part.name);
const unknown = values.only?.find((name) => !names.includes(name));
if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are ${names.join(', ')}.`);

const progress = (line: string) => process.stderr.write(`${line}\n`);
const python = findPython();
const missing = missingPackages(python);
if (missing.length > 0) {
  progress(`Not installed, and left out: apt-get install ${missing.join(' ')}`);
}

let server: PostgresqlServer | undefined;
const scratches: string[] = [];
const newDatabase = async () => {
  server ??= await startPostgresqlServer();
  return server.createDatabase();
};

async function run(part: Part): Promise<Report['parts'][number]> {
  const started = performance.now();
  progress(`${part.title} (${part.name})`);
  const scratch = mkdtempSync(join(tmpdir(), 'freshmaker-bench-'));
  scratches.push(scratch);
  const bench: Bench = {
    scratch,
    python,
    newDatabase,
    effort,
    progress: (line) => progress(`  ${line}`),
  };
  const found = await part.run(bench);
  rmSync(scratch, { recursive: true });
  progress(`  ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return { name: part.name, title: part.title, ...found };
}

const started = performance.now();
const results: Report['parts'][number][] = [];
const failed: string[] = [];
try {
  for (const part of parts) {
    if (!(values.only?.includes(part.name) ?? true)) continue;
    try {
      results.push(await run(part));
    } catch (error) {
      failed.push(part.name);
      progress(`  failed: ${error instanceof Error ? error.stack : error}`);
    }
  }
} finally {
  await server?.stop();
  for (const scratch of scratches) rmSync(scratch, { recursive: true, force: true });
}

const report: Report = {
  date: new Date().toISOString(),
  machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
  versions: {
    Node: process.version.slice(1),
    PostgreSQL: server?.version ?? null,
    Python: python.python,
    Alembic: python.alembic,
    'Flask-Migrate': python.flask_migrate,
    SQLAlchemy: python.sqlalchemy,
    psycopg2: python.psycopg2,
  },
  effort,
  durationSeconds: (performance.now() - started) / 1000,
  parts: results,
};
const markdown = toMarkdown(report);
process.stdout.write(`${markdown}\n`);
if (failed.length > 0) {
  progress(`Failed, and not in the results: ${failed.join(', ')}`);
  process.exitCode = 1;
} else if (values.only === undefined) write(report);

function write(complete: Report): void {
  const folder = join(root, 'docs', 'benchmarks');
  const readme = join(folder, 'README.md');
  const marked = /(<!-- bench -->\n)[\s\S]*?(\n<!-- \/bench -->)/;
  const text = readFileSync(readme, 'utf8');
  if (!marked.test(text)) throw new Error(`${readme} has no place for the results.`);
  writeFileSync(
    readme,
    text.replace(marked, (_, before, after) => `${before}\n${markdown}\n${after}`),
  );
  const file = join(folder, 'results.json');
  writeFileSync(file, JSON.stringify(complete));
  execFileSync(process.execPath, [join(root, 'node_modules', '.bin', 'biome'), 'format', '--write', file], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
