import { createIndexSql } from '../index-definition.ts';
import { parseIndex } from './parse-index.ts';

const plain = { column: null, expression: null, order: 'asc', nulls: null, collation: null, opclass: null };

test.each([
  ['CREATE INDEX ix ON t (a)', { unique: false, where: null, columns: [{ ...plain, column: 'a' }] }],
  [
    'CREATE UNIQUE INDEX "ix" ON "t" ("A b" COLLATE NOCASE DESC, A ASC)',
    {
      unique: true,
      columns: [
        { ...plain, column: 'a b', collation: 'NOCASE', order: 'desc' },
        { ...plain, column: 'a' },
      ],
    },
  ],
  [
    "CREATE INDEX ix ON t (lower(a) COLLATE \"RTRIM\", coalesce(a, ',') , a || 'x' DESC) WHERE a > 0 -- why",
    {
      where: 'a > 0',
      columns: [
        { ...plain, expression: 'lower(a)', collation: 'RTRIM' },
        { ...plain, expression: "coalesce(a, ',')" },
        { ...plain, expression: "a || 'x'", order: 'desc' },
      ],
    },
  ],
])('%s', (text, expected) => {
  const index = parseIndex(text, ['a', 'a b']);
  expect(index).toMatchObject({ name: 'ix', ...expected });
  expect(parseIndex(createIndexSql('t', index), ['a', 'a b'])).toEqual(index);
});
