import type { Engine, Work } from './job.ts';

export interface Measurement {
  readonly title: string;
  readonly engine: Engine;
  readonly work: Work;
  readonly medianSeconds: number;
  readonly seconds: readonly number[];
  /** Of the whole process at its peak, and just before the work began, in MB. */
  readonly peakMegabytes: number;
  readonly baseMegabytes: number;
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** What each kind of work is compared with. */
const yardsticks: Readonly<Record<Work, Work>> = {
  'bare copy': 'bare copy',
  rebuild: 'bare copy',
  'bare update': 'bare update',
  batches: 'bare update',
  'batches outside': 'bare update',
};

const names: Readonly<Record<Engine, string>> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };

export function toMarkdown(
  measurements: readonly Measurement[],
  { rows, runs, machine }: { readonly rows: number; readonly runs: number; readonly machine: string },
): string {
  const lines = measurements.map((each) => {
    const bare = measurements.find(
      ({ engine, work }) => engine === each.engine && work === yardsticks[each.work],
    );
    const ratio = each.medianSeconds / (bare?.medianSeconds ?? Number.NaN);
    const memory = `${each.peakMegabytes.toFixed(0)} MB (+${(each.peakMegabytes - each.baseMegabytes).toFixed(0)})`;
    return `| ${names[each.engine]} | ${each.title} | ${each.medianSeconds.toFixed(2)} s | ${ratio.toFixed(2)} | ${memory} |`;
  });
  return `${rows.toLocaleString('en')} rows, median of ${runs} runs, ${machine}.

| database | work | time | times the bare one | peak memory (over its start) |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
}
