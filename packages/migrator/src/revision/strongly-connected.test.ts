import { findCycles } from './strongly-connected.ts';

const cyclesOf = (graph: Readonly<Record<string, readonly string[]>>) =>
  findCycles(Object.keys(graph), (node) => graph[node] ?? []);

test.each<[string, Record<string, string[]>, string[][]]>([
  ['nothing', {}, []],
  ['a line', { a: [], b: ['a'], c: ['b'] }, []],
  ['a diamond', { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }, []],
  ['a loop', { a: ['a'], b: ['a'] }, [['a']]],
  [
    'a ring with a tail on both ends',
    { a: ['b'], b: ['c'], c: ['d'], d: ['b', 'e'], e: [] },
    [['b', 'c', 'd']],
  ],
  ['two rings that touch', { a: ['b'], b: ['a', 'c'], c: ['b'] }, [['a', 'b', 'c']]],
  [
    'two rings apart',
    { a: ['b'], b: ['a'], c: ['d', 'a'], d: ['c'] },
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
])('cycles of %s', (_, graph, expected) => {
  expect(cyclesOf(graph)).toEqual(expected);
});
