import { countSteps } from '../../test/count-steps.ts';
import { buildRevisionMap } from './build-revision-map.ts';
import { checkCurrentHeads, effectiveHeads, pendingRevisions } from './current-heads.ts';
import { findHistoryProblems } from './history-problems.ts';
import { historyRange } from './history-range.ts';
import { planDowngrade } from './plan-downgrade.ts';
import { planStamp } from './plan-stamp.ts';
import { planUpgrade } from './plan-upgrade.ts';
import type { Revision } from './revision.ts';

const id = (at: number) => at.toString(16).padStart(12, '0');

function script(at: number, downRevisions: readonly string[], more: Partial<Revision> = {}): Revision {
  return {
    revision: id(at),
    downRevisions,
    dependsOn: [],
    branchLabels: [],
    message: '',
    doc: '',
    createDate: null,
    path: `${id(at)}.ts`,
    ...more,
  };
}

const each = (size: number, make: (at: number) => Revision) =>
  Array.from({ length: size }, (_, at) => make(at));

/** Histories of a given size, as they grow badly where an algorithm is careless. */
const shapes: Readonly<Record<string, (size: number) => readonly Revision[]>> = {
  'one line': (size) =>
    each(size, (at) => script(at, at === 0 ? [] : [id(at - 1)], at === 0 ? { branchLabels: ['lib'] } : {})),
  'one line with a label on every hundredth': (size) =>
    each(size, (at) =>
      script(at, at === 0 ? [] : [id(at - 1)], at % (size / 10) === 0 ? { branchLabels: [`l${at}`] } : {}),
    ),
  'a comb: every second revision is a branch of its own': (size) =>
    each(size, (at) => script(at, at < 2 ? [] : [id(at - (at % 2 === 0 ? 2 : 1))])),
  'diamonds: branch, branch, merge, over and over': (size) =>
    each(size, (at) => {
      if (at === 0) return script(at, []);
      if (at % 3 === 1) return script(at, [id(at - 1)]);
      return at % 3 === 2 ? script(at, [id(at - 2)]) : script(at, [id(at - 1), id(at - 2)]);
    }),
  'two lines, each revision of one depending on the other': (size) =>
    each(size, (at) =>
      script(at, at < 2 ? [] : [id(at - 2)], at % 2 === 1 ? { dependsOn: [id(at - 1)] } : {}),
    ),
  'many bases': (size) => each(size, (at) => script(at, [])),
  'one revision on which all depend': (size) =>
    each(size, (at) => script(at, at < 2 ? [] : [id(at - 1)], at < 2 ? {} : { dependsOn: [id(0)] })),
};

describe.each(Object.entries(shapes))('%s', (_, make) => {
  const small = make(1_000);
  const large = make(10_000);
  const smallMap = buildRevisionMap(small);
  const largeMap = buildRevisionMap(large);

  test.each<[string, (map: typeof largeMap, revisions: readonly Revision[]) => unknown]>([
    ['building', (_map, revisions) => buildRevisionMap(revisions)],
    ['an upgrade to heads', (map) => planUpgrade(map, [], 'heads')],
    ['a downgrade to base', (map) => planDowngrade(map, map.realHeads, 'base')],
    ['a stamp of heads', (map) => planStamp(map, [], ['heads'])],
    ['the history', (map) => historyRange(map, 'base:heads', null)],
    ['where a database is', (map) => effectiveHeads(map, checkCurrentHeads(map, map.realHeads))],
    ['what a database lacks', (map) => pendingRevisions(map, map.realHeads.slice(1))],
  ])('%s costs ten times as much for ten times the revisions', (_name, act) => {
    const few = countSteps(() => act(smallMap, small));
    const many = countSteps(() => act(largeMap, large));
    expect(few).toBeGreaterThanOrEqual(1_000);
    expect(many).toBeLessThan(few * 11);
    expect(many).toBeLessThan(10_000 * 150);
  });

  test('ten thousand revisions go up and down', () => {
    const up = planUpgrade(largeMap, [], 'heads');
    expect(up.steps).toHaveLength(10_000);
    expect(up.toHeads.toSorted()).toEqual(largeMap.realHeads.toSorted());
    const down = planDowngrade(largeMap, up.toHeads, 'base');
    expect(down.steps).toHaveLength(10_000);
    expect(down.toHeads).toEqual([]);
  });
});

test('a cycle of ten thousand revisions is found without running out of stack', () => {
  const ring = each(10_000, (at) => script(at, [id((at + 9_999) % 10_000)]));
  const [problem, ...others] = findHistoryProblems(ring);
  expect(others).toEqual([]);
  expect(problem?.code).toBe('REVISION_CYCLE');
  expect(problem?.revisions).toHaveLength(10_000);
});

test('ten thousand missing parents are all reported, at a linear cost', () => {
  const orphans = (size: number) => each(size, (at) => script(at, [`f${id(at)}`.slice(0, 12)]));
  const few = countSteps(() => findHistoryProblems(orphans(1_000)));
  const many = countSteps(() => findHistoryProblems(orphans(10_000)));
  expect(findHistoryProblems(orphans(10_000))).toHaveLength(10_000);
  expect(many).toBeLessThan(few * 11);
});
