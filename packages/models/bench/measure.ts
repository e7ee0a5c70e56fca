import type { MikroORM } from '@mikro-orm/sql';
import type { CandidateIndex } from './indexes.ts';
import type { ServiceQuery } from './queries.ts';

/** Milliseconds of every query, by its name. */
export type Timings = ReadonlyMap<string, number>;

/** How long one query is measured, and at least how often. */
const budget = { milliseconds: 400, runs: 3 };

/** The fastest of some runs: what a machine does beside it only ever adds. */
async function time(orm: MikroORM, { run }: ServiceQuery): Promise<number> {
  const samples: number[] = [];
  const end = performance.now() + budget.milliseconds;
  while (samples.length < budget.runs || performance.now() < end) {
    const em = orm.em.fork();
    const start = performance.now();
    await run(em);
    samples.push(performance.now() - start);
  }
  return Math.min(...samples);
}

/** Runs every query some times, so that the code is compiled before anything is measured. */
export async function warmUp(orm: MikroORM, queries: readonly ServiceQuery[]): Promise<void> {
  await timeAll(orm, queries);
}

export async function timeAll(orm: MikroORM, queries: readonly ServiceQuery[]): Promise<Timings> {
  const timings = new Map<string, number>();
  for (const query of queries) {
    timings.set(query.name, await time(orm, query));
  }
  return timings;
}

/** Works with some indexes in place, and drops them afterwards. */
export async function withIndexes<Result>(
  orm: MikroORM,
  indexes: readonly CandidateIndex[],
  work: () => Promise<Result>,
): Promise<Result> {
  const em = orm.em.fork();
  for (const { name, on } of indexes) {
    await em.execute(`create index ${name} on ${on}`);
  }
  await em.execute('analyze');
  try {
    return await work();
  } finally {
    for (const { name } of indexes) {
      await em.execute(`drop index ${name}`);
    }
  }
}
