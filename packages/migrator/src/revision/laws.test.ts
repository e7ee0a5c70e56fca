import fc from 'fast-check';
import { scripts } from '../../test/revision/histories.ts';
import { MigratorError } from '../errors.ts';
import { buildRevisionMap } from './build-revision-map.ts';
import { ancestorsOf } from './graph-walk.ts';
import { historyRange } from './history-range.ts';
import { planSteps, type RevisionPlan } from './plan.ts';
import { planDowngrade } from './plan-downgrade.ts';
import { planStamp } from './plan-stamp.ts';
import { planUpgrade } from './plan-upgrade.ts';
import type { Revision } from './revision.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';
import { applyVersionChange, type VersionChange } from './version-rows.ts';

/** A random history: mostly lines, with branches, merges, bases, labels and dependencies, read in any order. */
const historyArbitrary: fc.Arbitrary<RevisionMap> = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat({ max: 3 }), { maxLength: 3 }),
      base: fc.nat({ max: 9 }).map((chance) => chance === 0),
      dependsOn: fc.oneof(
        { weight: 4, arbitrary: fc.constant<number[]>([]) },
        { weight: 1, arbitrary: fc.array(fc.nat({ max: 20 }), { maxLength: 2 }) },
      ),
      labelled: fc.nat({ max: 4 }).map((chance) => chance === 0),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .chain((shapes) => {
    const name = (at: number) => `r${at.toString().padStart(2, '0')}`;
    const lines = shapes.map(({ parents, base, dependsOn, labelled }, at) => {
      const earlier = (back: number) => (at - 1 - back >= 0 ? [name(at - 1 - back)] : []);
      const down = base ? [] : (parents.length === 0 ? [0] : parents).flatMap(earlier);
      const depends = dependsOn.flatMap(earlier);
      return [
        name(at),
        down.length > 0 ? ` < ${[...new Set(down)].join(', ')}` : '',
        depends.length > 0 ? ` ~ ${depends.join(', ')}` : '',
        labelled ? ` # label${at}` : '',
      ].join('');
    });
    return fc.shuffledSubarray<Revision>([...scripts(...lines)], { minLength: lines.length });
  })
  .map(buildRevisionMap);

/** A history and a database somewhere in it. */
const placeArbitrary = historyArbitrary.chain((map) =>
  fc.array(fc.constantFrom(...map.order), { maxLength: 3 }).map((ids) => {
    const applied = ancestorsOf(map, ids);
    return { map, applied, rows: rowsOf(map, applied) };
  }),
);

/** A target of any form; some mean nothing. */
function targetArbitrary(map: RevisionMap): fc.Arbitrary<string> {
  const name = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...map.order, ...map.labels.keys()) },
    { weight: 3, arbitrary: fc.constantFrom('head', 'heads', 'base', 'current') },
    { weight: 1, arbitrary: fc.constantFrom('r0', 'label', 'nothing') },
  );
  const branch = fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: name.map((each) => `${each}@`) },
  );
  const steps = fc.integer({ min: -4, max: 4 }).map((each) => (each < 0 ? `${each}` : `+${each}`));
  const place = fc.oneof(
    { weight: 4, arbitrary: name },
    { weight: 1, arbitrary: steps },
    { weight: 2, arbitrary: fc.tuple(name, steps).map(([symbol, count]) => symbol + count) },
  );
  return fc.oneof(
    { weight: 9, arbitrary: fc.tuple(branch, place).map(([before, after]) => before + after) },
    { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  );
}

const journeyArbitrary = placeArbitrary.chain((place) =>
  targetArbitrary(place.map).map((target) => ({ ...place, target })),
);

/** The law for version rows, said the slow way: what is applied, less all that something applied needs. */
function rowsOf(map: RevisionMap, applied: ReadonlySet<string>): readonly string[] {
  const needed = new Set([...applied].flatMap((id) => nodeOf(map, id).allDownRevisions));
  return [...applied].filter((id) => !needed.has(id)).toSorted();
}

/** A plan, or the code of the error; anything else that is thrown is a defect and goes on. */
function attempt<T>(call: () => T): T | string {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof MigratorError)) throw error;
    expect(error.hint).toMatch(/\S/);
    return error.code;
  }
}

/** Does to the rows what a database would: every row that is named must be there, every new one must not. */
function execute(rows: readonly string[], change: VersionChange): readonly string[] {
  const table = new Set(rows);
  for (const id of change.deletes) expect(table.delete(id)).toBe(true);
  for (const { from, to } of change.updates) {
    expect(table.delete(from)).toBe(true);
    expect(table.has(to)).toBe(false);
    table.add(to);
  }
  for (const id of change.inserts) {
    expect(table.has(id)).toBe(false);
    table.add(id);
  }
  expect(applyVersionChange(rows, change).toSorted()).toEqual([...table].toSorted());
  return [...table].toSorted();
}

/** Walks a plan step by step, checking that each is possible and leaves the rows of what is applied. */
function follow(map: RevisionMap, from: ReadonlySet<string>, plan: RevisionPlan): ReadonlySet<string> {
  const applied = new Set(from);
  let rows = rowsOf(map, applied);
  for (const { revision, direction, versionChange } of plan.steps) {
    const { allDownRevisions, allNextRevisions } = nodeOf(map, revision.revision);
    if (direction === 'upgrade') {
      expect(applied.has(revision.revision)).toBe(false);
      expect(allDownRevisions.every((id) => applied.has(id))).toBe(true);
      applied.add(revision.revision);
    } else {
      expect(applied.has(revision.revision)).toBe(true);
      expect(allNextRevisions.some((id) => applied.has(id))).toBe(false);
      applied.delete(revision.revision);
    }
    rows = execute(rows, versionChange);
    expect(rows).toEqual(rowsOf(map, applied));
  }
  expect(plan.toHeads.toSorted()).toEqual(rows);
  return applied;
}

const runs = { numRuns: 200 };

test('every revision stands after all it needs', () => {
  fc.assert(
    fc.property(historyArbitrary, (map) => {
      const position = new Map(map.order.map((id, at) => [id, at]));
      expect(position.size).toBe(map.nodes.size);
      for (const [id, { allDownRevisions }] of map.nodes) {
        for (const down of allDownRevisions)
          expect(position.get(down)).toBeLessThan(position.get(id) as number);
      }
    }),
    runs,
  );
});

test('an upgrade ends with the target, all it needs and all there was', () => {
  let planned = 0;
  fc.assert(
    fc.property(journeyArbitrary, ({ map, applied, rows, target }) => {
      const plan = attempt(() => planUpgrade(map, rows, target));
      if (typeof plan === 'string') return;
      planned += plan.steps.length > 0 ? 1 : 0;
      const after = follow(map, applied, plan);
      expect([...applied].every((id) => after.has(id))).toBe(true);
      expect(after).toEqual(ancestorsOf(map, plan.toHeads));
    }),
    runs,
  );
  expect(planned).toBeGreaterThan(5);
});

test('a downgrade ends with the target, and all that is left has what it needs', () => {
  const journey = placeArbitrary.chain((place) =>
    fc
      .oneof(
        targetArbitrary(place.map),
        fc.constantFrom('base', ...place.applied),
        fc.constantFrom('-1', ...place.rows.map((id) => `${id}@-1`)),
      )
      .map((target) => ({ ...place, target })),
  );
  let planned = 0;
  fc.assert(
    fc.property(journey, ({ map, applied, rows, target }) => {
      const plan = attempt(() => planDowngrade(map, rows, target));
      if (typeof plan === 'string') return;
      planned += plan.steps.length > 0 ? 1 : 0;
      const after = follow(map, applied, plan);
      expect([...after].every((id) => applied.has(id))).toBe(true);
      expect(after).toEqual(ancestorsOf(map, plan.toHeads));
    }),
    runs,
  );
  expect(planned).toBeGreaterThan(5);
});

test('up, then down the same way, is where it began', () => {
  fc.assert(
    fc.property(journeyArbitrary, ({ map, applied, rows, target }) => {
      const up = attempt(() => planUpgrade(map, rows, target));
      if (typeof up === 'string') return;
      const reached = follow(map, applied, up);
      const back = up.steps.map(({ revision }) => revision.revision).toReversed();
      const down = planSteps(map, up.toHeads, 'downgrade', back);
      expect(follow(map, reached, down)).toEqual(applied);
      expect(down.toHeads.toSorted()).toEqual(rows);
    }),
    runs,
  );
});

test('base to heads applies everything, heads to base reverts it', () => {
  fc.assert(
    fc.property(historyArbitrary, (map) => {
      const up = planUpgrade(map, [], 'heads');
      expect(follow(map, new Set(), up).size).toBe(map.nodes.size);
      expect(up.toHeads.toSorted()).toEqual(map.realHeads.toSorted());
      const down = planDowngrade(map, up.toHeads, 'base');
      expect(follow(map, new Set(map.order), down).size).toBe(0);
      expect(down.toHeads).toEqual([]);
    }),
    runs,
  );
});

test('a target that is a revision is applied after the upgrade to it, and last but for others after the downgrade', () => {
  fc.assert(
    fc.property(
      placeArbitrary.chain((place) => fc.constantFrom(...place.map.order).map((id) => ({ ...place, id }))),
      ({ map, applied, rows, id }) => {
        const up = planUpgrade(map, rows, id);
        expect(follow(map, applied, up)).toEqual(applied.union(ancestorsOf(map, [id])));
        const down = attempt(() => planDowngrade(map, rows, id));
        if (typeof down === 'string') {
          expect(down).toBe('NOT_A_DOWNGRADE_TARGET');
          return;
        }
        const after = follow(map, applied, down);
        expect(after.has(id)).toBe(true);
        expect(nodeOf(map, id).nextRevisions.some((child) => after.has(child))).toBe(false);
      },
    ),
    runs,
  );
});

test('a stamp leaves rows of which none includes another, its targets among what they stand for', () => {
  fc.assert(
    fc.property(journeyArbitrary, fc.nat(), fc.boolean(), ({ map, rows, target }, pick, purge) => {
      const second = map.order[pick % map.order.length] as string;
      const plan = attempt(() => planStamp(map, rows, [target, second], { purge }));
      if (typeof plan === 'string') return;
      let table: readonly string[] = purge ? [] : rows;
      for (const { versionChange } of plan.steps) table = execute(table, versionChange);
      expect(plan.toHeads.toSorted()).toEqual(table.toSorted());
      expect(rowsOf(map, ancestorsOf(map, table))).toEqual(table.toSorted());
      expect(ancestorsOf(map, table).has(second)).toBe(true);
    }),
    runs,
  );
});

test('a range is part of the history, newest first, and closed by its ends', () => {
  const range = historyArbitrary.chain((map) =>
    fc
      .tuple(targetArbitrary(map), targetArbitrary(map))
      .map(([lower, upper]) => ({ map, text: `${lower}:${upper}` })),
  );
  fc.assert(
    fc.property(range, ({ map, text }) => {
      const listed = attempt(() => historyRange(map, text, map.realHeads));
      if (typeof listed === 'string') return;
      const chosen = new Set(listed);
      expect(listed).toEqual(map.order.toReversed().filter((id) => chosen.has(id)));
    }),
    runs,
  );
});
