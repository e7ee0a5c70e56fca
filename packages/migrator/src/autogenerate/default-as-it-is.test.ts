import { column } from '../schema/builders.ts';
import { type DataType, t } from '../schema/data-type.ts';
import { type SqlValue, sql } from '../schema/expression.ts';
import { emptySchema } from '../schema/schema.ts';
import { emptyTable } from '../schema/table.ts';
import { withDefaultAsItIs, withDefaultsAsTheyAre } from './default-as-it-is.ts';

describe('a default of a database', () => {
  test.each<[DataType, SqlValue | null, SqlValue | null]>([
    [t.integer(), 'abc', sql("'abc'")],
    [t.integer(), 1.5, sql('1.5')],
    [t.string(3), "it's", sql("'it''s'")],
    [t.boolean(), 'false', sql("'false'")],
    [t.integer(), 5, 5],
    [t.integer(), '5', '5'],
    [t.boolean(), true, true],
    [t.boolean(), '0', '0'],
    [t.binary(), 'x', 'x'],
    [t.integer(), sql("'abc'"), sql("'abc'")],
    [t.integer(), null, null],
  ])('of %j that is %j is %j in a script', (type, serverDefault, expected) => {
    expect(withDefaultAsItIs({ type, serverDefault }).serverDefault).toEqual(expected);
  });

  test('comes back as it was when a change of it is taken back', () => {
    const schema = {
      ...emptySchema,
      tables: [{ ...emptyTable, name: 't', columns: [column('a', t.integer())] }],
    };
    const operation = {
      kind: 'alterColumn' as const,
      table: 't',
      column: 'a',
      change: { serverDefault: 'abc' },
      using: null,
      backfill: null,
      allowDataLoss: false,
      concurrently: false,
    };
    expect(withDefaultsAsTheyAre(operation, schema)).toEqual({
      ...operation,
      change: { serverDefault: sql("'abc'") },
    });
  });
});
