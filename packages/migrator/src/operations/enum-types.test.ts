import { emptySchema, findTable, type Schema } from '../schema/schema.ts';
import { apply } from './apply.ts';
import { Operations } from './operations.ts';

function after(record: (op: Operations) => void, before: Schema = emptySchema): Schema {
  const op = new Operations();
  record(op);
  return op.recorded.reduce(apply, before);
}

const moody = after((op) => {
  const mood = op.t.enum('mood', ['happy', 'sad']);
  op.createTable('a', [op.column('id', op.t.integer()), op.column('b', mood), op.column('c', mood)]);
  op.createTable('d', [op.column('e', mood)]);
});

describe('an enumeration', () => {
  test('is there once, from the first column that has it', () => {
    expect(moody.enums).toEqual([{ name: 'mood', values: ['happy', 'sad'] }]);
  });

  test.each<[string, (op: Operations) => void, readonly string[]]>([
    ['one column less', (op) => op.dropColumn('a', 'b'), ['mood']],
    ['a table less', (op) => op.dropTable('a'), ['mood']],
    ['another type', (op) => op.alterColumn('d', 'e', { type: op.t.text() }), ['mood']],
    [
      'the last column gone',
      (op) => [op.dropTable('d'), op.dropColumn('a', 'b'), op.dropColumn('a', 'c')],
      [],
    ],
    ['the last table gone', (op) => [op.dropTable('d'), op.dropTable('a')], []],
    [
      'the last column of another type',
      (op) => [op.dropTable('a'), op.alterColumn('d', 'e', { type: op.t.text() })],
      [],
    ],
    [
      'an array of it left',
      (op) => [
        op.addColumn('a', op.column('many', op.t.raw({ sqlite: 'TEXT', postgresql: 'mood[]' }))),
        op.dropTable('d'),
        op.dropColumn('a', 'b'),
        op.dropColumn('a', 'c'),
      ],
      ['mood'],
    ],
  ])('with %s', (_, record, expected) => {
    expect(after(record, moody).enums.map((each) => each.name)).toEqual(expected);
  });

  test('that no column had stays', () => {
    const unused = { ...moody, enums: [...moody.enums, { name: 'unused', values: ['x'] }] };
    expect(after((op) => op.dropTable('d'), unused).enums.map((each) => each.name)).toEqual([
      'mood',
      'unused',
    ]);
  });

  test('takes new values in every column that has it', () => {
    const type = { kind: 'enum', name: 'mood', values: ['angry'] } as const;
    const changed = after((op) => op.alterColumn('a', 'b', { type }), moody);
    expect(changed.enums).toEqual([{ name: 'mood', values: ['angry'] }]);
    expect(findTable(changed, 'd')?.columns[0]?.type).toEqual(type);
    expect(findTable(changed, 'a')?.columns.map((each) => each.type.kind)).toEqual([
      'integer',
      'enum',
      'enum',
    ]);
  });
});
