import type { OperationDescription } from '../operations/describe.ts';
import { listedOnce } from './listed-once.ts';

const created: OperationDescription = { kind: 'createTable', table: 'a', columns: ['b'] };
const altered = (from: object, to: object): OperationDescription => ({
  kind: 'alterColumn',
  table: 'a',
  column: 'b',
  from,
  to,
});

test.each<[string, OperationDescription[][], OperationDescription[]]>([
  ['nothing', [[], []], []],
  ['the same', [[created], [created]], [created]],
  [
    'a column of which one database knows more',
    [
      [altered({ type: 1 }, { type: 2 })],
      [altered({ type: 1, comment: null }, { type: 2, comment: 'x' }), created],
    ],
    [altered({ type: 1, comment: null }, { type: 2, comment: 'x' }), created],
  ],
  [
    'the other way about',
    [[altered({ type: 1, comment: null }, { type: 2, comment: 'x' })], [altered({ type: 1 }, { type: 2 })]],
    [altered({ type: 1, comment: null }, { type: 2, comment: 'x' })],
  ],
  [
    'a column that differs in other things',
    [[altered({ type: 1 }, { type: 2 })], [altered({ nullable: true }, { nullable: false })]],
    [altered({ type: 1 }, { type: 2 }), altered({ nullable: true }, { nullable: false })],
  ],
  [
    'a column that is to be something else',
    [
      [altered({ serverDefault: 1 }, { serverDefault: 2 })],
      [altered({ serverDefault: 1 }, { serverDefault: 3 })],
    ],
    [
      altered({ serverDefault: 1 }, { serverDefault: 2 }),
      altered({ serverDefault: 1 }, { serverDefault: 3 }),
    ],
  ],
])('%s', (_, lists, expected) => {
  expect(listedOnce(lists)).toEqual(expected);
});
