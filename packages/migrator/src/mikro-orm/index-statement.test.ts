import { MigratorError } from '../errors.ts';
import type { TableIndex } from '../schema/table-index.ts';
import { parseIndexStatement } from './index-statement.ts';

const part = {
  column: null,
  expression: null,
  order: 'asc',
  nulls: null,
  collation: null,
  opclass: null,
} as const;
const index: TableIndex = { name: 'i', unique: false, columns: [], where: null, using: null, include: [] };

const cases: readonly [string, TableIndex][] = [
  ['create index i on t (a)', { ...index, columns: [{ ...part, column: 'a' }] }],
  [
    'CREATE UNIQUE INDEX "i" ON public."t" USING btree ("a b", c DESC NULLS LAST);',
    {
      ...index,
      unique: true,
      columns: [
        { ...part, column: 'a b' },
        { ...part, column: 'c', order: 'desc', nulls: 'last' },
      ],
    },
  ],
  [
    "create index concurrently if not exists i on t using gin (lower(a, ','), (b || c) collate nocase, d text_pattern_ops)",
    {
      ...index,
      using: 'gin',
      columns: [
        { ...part, expression: "lower(a, ',')" },
        { ...part, expression: '(b || c)', collation: 'nocase' },
        { ...part, column: 'd', opclass: 'text_pattern_ops' },
      ],
    },
  ],
  [
    'create index on t (a) include (b, "c d") where a > (1 + 2)',
    { ...index, columns: [{ ...part, column: 'a' }], include: ['b', 'c d'], where: 'a > (1 + 2)' },
  ],
];

test.each(cases)('%s', (statement, expected) => {
  expect(parseIndexStatement(statement, 'i')).toEqual(expected);
});

test.each(['drop index i', 'create index i on t', 'create index i on t (a'])('%s is refused', (statement) => {
  expect(() => parseIndexStatement(statement, 'i')).toThrow(MigratorError);
});
