import fc from 'fast-check';
import { linkRevisions } from './links.ts';
import { findCycles } from './strongly-connected.ts';
import { isTopological, topologicalOrder } from './topological-order.ts';

const size = 6;
const references = fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { maxLength: 3 });

test('an order is topological exactly where there is no cycle', () => {
  const seen = { cyclic: 0, acyclic: 0 };
  fc.assert(
    fc.property(fc.array(references, { minLength: size, maxLength: size }), (parents) => {
      const { links } = linkRevisions(
        parents.map((downs, at) => ({
          revision: `r${at}`,
          downRevisions: downs.slice(0, 2).map((down) => `r${down}`),
          dependsOn: downs.slice(2).map((down) => `r${down}`),
          branchLabels: [],
          message: '',
          doc: '',
          createDate: null,
          path: `r${at}.ts`,
        })),
      );
      const cycles = findCycles(links.keys(), (id) => links.get(id)?.allDownRevisions ?? []);
      seen[cycles.length > 0 ? 'cyclic' : 'acyclic']++;
      expect(isTopological(links, topologicalOrder(links))).toBe(cycles.length === 0);
    }),
    { numRuns: 500 },
  );
  expect(Math.min(seen.cyclic, seen.acyclic)).toBeGreaterThan(10);
});
