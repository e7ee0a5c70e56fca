import type { RevisionDocument } from '@freshmaker/migrator/engine';
import { countSteps } from '../../../migrator/test/count-steps.ts';
import { historyLines } from './history.ts';
import { styleFor } from './style.ts';

const idOf = (at: number) => `a${String(at).padStart(5, '0')}`;

/** Revisions, newest first; every second one beside the one before, and merged with it by the next. */
function documents(length: number, branched: boolean): readonly RevisionDocument[] {
  const parents = Array.from({ length }, (_, at): readonly string[] => {
    if (at === 0) return [];
    if (!branched) return [idOf(at - 1)];
    if (at % 3 === 1) return [idOf(at - 1)];
    return at % 3 === 2 ? [idOf(at - 2)] : [idOf(at - 2), idOf(at - 1)];
  });
  return parents
    .map((down, at) => ({
      revision: idOf(at),
      downRevision: down.length > 1 ? down : (down[0] ?? null),
      branchLabels: [],
      dependsOn: [],
      message: `Step ${at}`,
      createDate: null,
      isHead: at === length - 1,
      isBase: at === 0,
      isBranchPoint: branched && at % 3 === 0,
      isMergePoint: down.length > 1,
      isEffectiveHead: false,
      nextRevisions: [],
      path: `${idOf(at)}.ts`,
      doc: `Step ${at}`,
    }))
    .toReversed();
}

describe.each([
  ['a line', false],
  ['branches that part and merge', true],
])('Rendering %s', (_, branched) => {
  test.each([
    ['one line each', { verbose: false, graph: false }],
    ['a graph', { verbose: false, graph: true }],
    ['whole revisions', { verbose: true, graph: false }],
  ])('as %s costs twice as much for twice the revisions', (_name, options) => {
    const cost = (length: number) => {
      const revisions = documents(length, branched);
      let lines = 0;
      const steps = countSteps(() => {
        lines = historyLines(
          { revisions },
          styleFor({ isTTY: false, write: () => true }, { env: {}, cwd: '/' }),
          options,
        ).length;
      });
      expect(lines).toBeGreaterThanOrEqual(length);
      return steps;
    };
    const [few, many] = [cost(301), cost(601)];
    expect(few).toBeGreaterThanOrEqual(301);
    expect(many).toBeLessThan(few * 2.1);
  });
});
