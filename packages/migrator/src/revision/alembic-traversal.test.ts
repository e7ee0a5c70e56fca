import { readFileSync } from 'node:fs';
import { MigratorError } from '../errors.ts';
import { buildRevisionMap } from './build-revision-map.ts';
import { ancestorsOf } from './graph-walk.ts';
import { historyRange } from './history-range.ts';
import { planDowngrade } from './plan-downgrade.ts';
import { planStamp } from './plan-stamp.ts';
import { planUpgrade } from './plan-upgrade.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';

interface Answer {
  readonly revisions?: readonly string[];
  readonly rows?: readonly string[] | string;
  readonly error?: string;
}

interface Case {
  readonly command: 'upgrade' | 'downgrade' | 'stamp' | 'history';
  readonly rows: readonly string[];
  readonly target: string;
  readonly expected: Answer;
}

interface RecordedHistory {
  readonly revisions: readonly {
    readonly revision: string;
    readonly downRevisions: readonly string[];
    readonly dependsOn: readonly string[];
    readonly branchLabels: readonly string[];
  }[];
  readonly heads: readonly string[];
  readonly realHeads: readonly string[];
  readonly bases: readonly string[];
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly cases: readonly Case[];
}

const recording = JSON.parse(
  readFileSync(new URL('../../test/revision/golden/alembic-traversal.json', import.meta.url), 'utf8'),
) as { readonly alembic: string; readonly histories: readonly RecordedHistory[] };

function answer(map: RevisionMap, { command, rows, target }: Case): Answer {
  try {
    if (command === 'history') return { revisions: historyRange(map, target, null).toSorted() };
    if (command === 'stamp') {
      return { revisions: [], rows: planStamp(map, rows, [target]).toHeads.toSorted() };
    }
    const plan = command === 'upgrade' ? planUpgrade(map, rows, target) : planDowngrade(map, rows, target);
    return {
      revisions: plan.steps.map(({ revision }) => revision.revision).toSorted(),
      rows: plan.toHeads.toSorted(),
    };
  } catch (error) {
    if (error instanceof MigratorError) return { error: error.code };
    throw error;
  }
}

/** The rows without those that another one includes: Alembic leaves some behind, then refuses its own table. */
function withoutImplied(map: RevisionMap, rows: readonly string[]): readonly string[] {
  const below = ancestorsOf(
    map,
    rows.flatMap((id) => nodeOf(map, id).allDownRevisions),
  );
  return rows.filter((id) => !below.has(id));
}

/** Cases Alembic ends with a defect of its own; ours need only be a plan or an honest error. */
function isAlembicsDefect({ command, target, expected }: Case): boolean {
  const crash = expected.error?.startsWith('crash') || typeof expected.rows === 'string';
  const lostOnBranch =
    command === 'downgrade' && /@-\d$/.test(target) && expected.error === 'NOT_A_DOWNGRADE_TARGET';
  return Boolean(crash || lostOnBranch);
}

describe(`histories recorded with Alembic ${recording.alembic}`, () => {
  const histories = recording.histories.map((recorded, number) => {
    const revisions = recorded.revisions.map((revision) => ({
      ...revision,
      message: '',
      doc: '',
      createDate: null,
      path: `${revision.revision}.ts`,
    }));
    return { number, recorded, map: buildRevisionMap(revisions) };
  });

  test.each(histories)('history $number has the same heads, bases and labels', ({ recorded, map }) => {
    expect(map.heads.toSorted()).toEqual(recorded.heads);
    expect(map.realHeads.toSorted()).toEqual(recorded.realHeads);
    expect(map.bases.toSorted()).toEqual(recorded.bases);
    const labels = [...map.nodes]
      .map(([id, { branchLabels }]) => [id, branchLabels.toSorted()] as const)
      .filter(([, names]) => names.length > 0);
    expect(Object.fromEntries(labels)).toEqual(recorded.labels);
  });

  test.each(histories)('history $number has the same revisions, rows and errors', ({ recorded, map }) => {
    for (const each of recorded.cases) {
      const given = { command: each.command, rows: each.rows, target: each.target };
      const ours = answer(map, each);
      if (isAlembicsDefect(each)) {
        if (Array.isArray(ours.rows)) expect(withoutImplied(map, ours.rows)).toEqual(ours.rows);
        continue;
      }
      const { rows } = each.expected;
      const expected =
        typeof rows === 'object' ? { ...each.expected, rows: withoutImplied(map, rows) } : each.expected;
      expect({ ...given, ...ours }).toEqual({ ...given, ...expected });
    }
  });

  test('the recording covers every command and every error of a target', () => {
    const cases = recording.histories.flatMap((each) => each.cases);
    expect(cases.length).toBeGreaterThan(1500);
    expect([...new Set(cases.map(({ command }) => command))].toSorted()).toEqual([
      'downgrade',
      'history',
      'stamp',
      'upgrade',
    ]);
    const errors = new Set(
      cases.flatMap(({ expected }) =>
        expected.error === undefined || expected.error.startsWith('crash') ? [] : [expected.error],
      ),
    );
    expect([...errors].toSorted()).toEqual([
      'AMBIGUOUS_WALK',
      'INVALID_RANGE',
      'MULTIPLE_HEADS',
      'NOT_A_DOWNGRADE_TARGET',
      'RELATIVE_OUT_OF_RANGE',
      'REVISION_NOT_FOUND',
    ]);
    expect(cases.filter(isAlembicsDefect).length).toBeLessThan(cases.length / 10);
  });
});
