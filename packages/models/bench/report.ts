import type { CandidateIndex } from './indexes.ts';
import type { Timings } from './measure.ts';

/** What was measured on one engine. */
export interface EngineResult {
  readonly engine: string;
  readonly without: Timings;
  readonly withOne: ReadonlyMap<CandidateIndex, Timings>;
  readonly withAll: Timings;
}

/** An index is said to help from this gain on, and if it gains this part of what the best one does: less may be chance. */
const worthIt = 3;
const partOfBest = 0.1;
const savedMilliseconds = 1;

/** The results in Markdown. */
export function report(builds: number, results: readonly EngineResult[]): string {
  return [
    '# Which index helps which query',
    '',
    `Measured by \`npm run bench -w @freshmaker/models -- --write\` on ${builds.toLocaleString('en')} builds: the fastest of several runs in`,
    "milliseconds, of the queries as the models run them, JSON included. The history's head has none of these indexes; they are for a revision to come.",
    `An index is named where it makes a query at least ${worthIt} times as fast by itself; other work on the machine may double a number.`,
    ...results.flatMap((result) => ['', ...engineReport(result)]),
    '',
  ].join('\n');
}

function engineReport({ engine, without, withOne, withAll }: EngineResult): string[] {
  const rows = [...without].map(([query, plain]) => {
    const helpers = [...withOne]
      .map(([index, timings]) => ({ index, gain: plain / (timings.get(query) ?? plain) }))
      .filter(({ gain }) => gain >= worthIt && plain - plain / gain >= savedMilliseconds)
      .sort((a, b) => b.gain - a.gain)
      .filter(({ gain }, _index, [best]) => gain >= partOfBest * (best?.gain ?? 0));
    const all = withAll.get(query) ?? plain;
    return [
      query,
      milliseconds(plain),
      milliseconds(all),
      `${factor(plain / all)}`,
      helpers.map(({ index, gain }) => `\`${index.on}\` ${factor(gain)}`).join(', '),
    ];
  });
  return [
    `## ${engine}`,
    '',
    '| query | without | with all | gain | indexes that help by themselves |',
    '| --- | ---: | ---: | ---: | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    ...slower(without, withAll),
  ];
}

/** Queries for which the planner takes an index that is worse than none. */
function slower(without: Timings, withAll: Timings): string[] {
  const names = [...without]
    .filter(([query, plain]) => (withAll.get(query) ?? 0) > worthIt * Math.max(plain, savedMilliseconds))
    .map(([query]) => query);
  return names.length === 0 ? [] : ['', `Slower with all of them: ${names.join('; ')}.`];
}

function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

function factor(gain: number): string {
  return `${gain < 10 ? gain.toFixed(1) : gain.toFixed(0)}×`;
}
