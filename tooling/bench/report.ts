import type { Effort, MeasuredCase, Result } from './interleaved.ts';
import type { PartResult } from './part.ts';

export interface Report {
  readonly date: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string | null>>;
  readonly effort: Effort;
  readonly durationSeconds: number;
  readonly parts: readonly (PartResult & { readonly name: string; readonly title: string })[];
}

/** All results as Markdown: a table for each part. */
export function toMarkdown({ date, machine, versions, effort, durationSeconds, parts }: Report): string {
  const there = Object.entries(versions).map(([name, version]) => `${name} ${version ?? '(not installed)'}`);
  return [
    `Measured on ${date.slice(0, 10)} in ${Math.round(durationSeconds)} s, medians of up to ${effort.runs} runs: ${machine}; ${there.join(', ')}.`,
    ...parts.map(({ title, notes, cases, comparable = true }) =>
      [`## ${title}`, table(cases, comparable), ...(notes.length === 0 ? [] : [notes.join(' ')])].join(
        '\n\n',
      ),
    ),
  ].join('\n\n');
}

function table(cases: readonly MeasuredCase[], comparable: boolean): string {
  const programs = [...new Set(cases.flatMap(({ results }) => results.map((each) => each.program)))];
  const [first = '', ...rest] = programs;
  const others = comparable ? rest : [];
  const databases = cases.some((each) => each.database !== null);
  const header = [
    '',
    ...(databases ? ['database'] : []),
    ...programs,
    ...others.map((other) => `${first} : ${other}`),
  ];
  const rows = cases.map(({ what, database, results }) => {
    const of = (program: string) => results.find((each) => each.program === program);
    return [
      what,
      ...(databases ? [database ?? '–'] : []),
      ...programs.map((program) => cell(of(program))),
      ...others.map((other) => ratio(of(first), of(other))),
    ];
  });
  const rule = header.map((_, at) => (at < (databases ? 2 : 1) ? '---' : '---:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cell(result: Result | undefined): string {
  if (result === undefined) return '–';
  const { medianSeconds, peakMegabytes, cutOff } = result;
  const memory = peakMegabytes === null ? '' : `, ${peakMegabytes.toFixed(0)} MB`;
  return `${cutOff ? '> ' : ''}${duration(medianSeconds)}${memory}`;
}

function duration(seconds: number): string {
  if (seconds >= 10) return `${seconds.toFixed(0)} s`;
  return seconds >= 0.1
    ? `${seconds.toFixed(2)} s`
    : `${(seconds * 1000).toFixed(seconds < 0.01 ? 2 : 0)} ms`;
}

/** Our time as a part of the other's. */
function ratio(ours: Result | undefined, other: Result | undefined): string {
  if (ours === undefined || other === undefined) return '–';
  const part = ours.medianSeconds / other.medianSeconds;
  return `${other.cutOff ? '< ' : ''}${part < 0.1 ? part.toPrecision(1) : part.toFixed(2)}`;
}
