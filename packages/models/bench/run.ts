import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MikroORM } from '@mikro-orm/sql';
import { createDatabase, startPostgresqlServer } from '../../testing/src/postgresql-server/index.ts';
import { connect } from '../src/index.ts';
import { fill } from './data.ts';
import { candidates } from './indexes.ts';
import { type Timings, timeAll, warmUp, withIndexes } from './measure.ts';
import { serviceQueries } from './queries.ts';
import { type EngineResult, report } from './report.ts';

const { values } = parseArgs({
  options: {
    builds: { type: 'string', default: '1000000' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgresql'] },
    write: { type: 'boolean', default: false },
  },
});
const builds = Number(values.builds);
const document = new URL('../../../docs/indexes.md', import.meta.url);

const results: EngineResult[] = [];
for (const engine of values.engine) {
  results.push(engine === 'sqlite' ? await onSqlite() : await onPostgresql());
}
const text = report(builds, results);
process.stdout.write(text);
if (values.write) {
  writeFileSync(document, text);
}

async function onSqlite(): Promise<EngineResult> {
  const directory = mkdtempSync(join(tmpdir(), 'freshmaker-bench-'));
  try {
    return await measure('SQLite', 'sqlite', `sqlite:///${join(directory, 'bench.db')}`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function onPostgresql(): Promise<EngineResult> {
  const server = await startPostgresqlServer({ binaries: 'embedded' });
  try {
    return await measure(`PostgreSQL ${server.version}`, 'postgresql', await createDatabase(server.url));
  } finally {
    await server.stop();
  }
}

async function measure(
  engine: string,
  dialect: 'sqlite' | 'postgresql',
  databaseUrl: string,
): Promise<EngineResult> {
  const orm = await connect({ databaseUrl });
  try {
    await orm.schema.create();
    progress(`${engine}: filling in ${builds} builds`);
    await fill(orm.em.fork(), dialect, builds);
    const time = (what: string, indexes: typeof candidates): Promise<Timings> => {
      progress(`${engine}: ${what}`);
      return withIndexes(orm as MikroORM, indexes, () => timeAll(orm as MikroORM, serviceQueries(builds)));
    };
    progress(`${engine}: warming up`);
    await withIndexes(orm as MikroORM, candidates, () => warmUp(orm as MikroORM, serviceQueries(builds)));
    const without = await time('without indexes', []);
    const withOne = new Map();
    for (const candidate of candidates) {
      withOne.set(candidate, await time(candidate.on, [candidate]));
    }
    return { engine, without, withOne, withAll: await time('with all indexes', candidates) };
  } finally {
    await orm.close(true);
  }
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
