import type { MeasuredCase, Result } from './interleaved.ts';
import { type Report, toMarkdown } from './report.ts';

const result = (program: string, medianSeconds: number, more: Partial<Result> = {}): Result => ({
  program,
  medianSeconds,
  seconds: [medianSeconds],
  peakMegabytes: null,
  ...more,
});

function tableOf(cases: readonly MeasuredCase[], comparable?: false): readonly string[] {
  const part = {
    name: 'part',
    title: 'A part',
    notes: [],
    cases,
    ...(comparable === false && { comparable }),
  };
  const report: Report = {
    date: '2026-01-01T00:00:00.000Z',
    machine: 'A machine',
    versions: { Node: '24.0.0', Alembic: null },
    effort: { runs: 5, budgetSeconds: 5, limitSeconds: 60 },
    durationSeconds: 1,
    parts: [part],
  };
  return toMarkdown(report)
    .split('\n')
    .filter((line) => line.startsWith('|'));
}

test('times, memory and our part of the time of others', () => {
  const cases = [
    {
      what: 'current',
      database: 'SQLite',
      results: [result('Freshmaker', 0.2, { peakMegabytes: 70.4 }), result('Alembic', 0.8)],
    },
  ];
  expect(tableOf(cases)).toEqual([
    '|  | database | Freshmaker | Alembic | Freshmaker : Alembic |',
    '| --- | --- | ---: | ---: | ---: |',
    '| current | SQLite | 0.20 s, 70 MB | 0.80 s | 0.25 |',
  ]);
});

test('a run that was ended took longer than its time', () => {
  const cut = result('Alembic', 60, { cutOff: true });
  expect(
    tableOf([{ what: 'current', database: null, results: [result('Freshmaker', 0.5), cut] }]).at(-1),
  ).toBe('| current | 0.50 s | > 60 s | < 0.008 |');
});

test('what is missing leaves its place empty', () => {
  const cases = [
    { what: 'heads', database: null, results: [result('Freshmaker', 1), result('Alembic', 2)] },
    { what: 'branches', database: null, results: [result('Freshmaker', 0.012)] },
  ];
  expect(tableOf(cases).at(-1)).toBe('| branches | 12 ms | – | – |');
});

test('columns that do different work are not compared', () => {
  const cases = [{ what: 'a way', database: null, results: [result('SQLite', 1), result('PostgreSQL', 2)] }];
  expect(tableOf(cases, false)).toEqual([
    '|  | SQLite | PostgreSQL |',
    '| --- | ---: | ---: |',
    '| a way | 1.00 s | 2.00 s |',
  ]);
});
