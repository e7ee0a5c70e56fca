import { emptySchema, findTable, type Schema } from '../schema/schema.ts';
import { apply } from './apply.ts';
import type { Operation } from './operation.ts';
import { Operations } from './operations.ts';
import { reverse } from './reverse.ts';

function build(record: (op: Operations) => void): Schema {
  const op = new Operations();
  record(op);
  return op.recorded.reduce(apply, emptySchema);
}

const keyless = build((op) =>
  op.createTable('a', [op.column('id', op.t.integer()), op.column('name', op.t.string())]),
);

function there(operation: Operation, before: Schema): Schema {
  return apply(before, operation);
}

function back(operation: Operation, before: Schema): Schema {
  return (reverse(operation, before) ?? []).reduce(apply, there(operation, before));
}

describe('a primary key', () => {
  const create: Operation = {
    kind: 'createPrimaryKey',
    table: 'a',
    constraint: { kind: 'primaryKey', name: null, columns: ['id'] },
    autoincrement: 'serial',
  };

  test('makes its column count up where the dialect says so', () => {
    expect(findTable(there(create, keyless), 'a')?.columns[0]).toMatchObject({
      nullable: false,
      autoincrement: 'serial',
    });
  });

  test('lets its columns take NULL again when it is taken back', () => {
    const plain: Operation = { ...create, autoincrement: undefined };
    expect(back(plain, keyless)).toEqual(keyless);
  });

  test('takes the counting with it, and brings it back', () => {
    const before = there({ ...create, autoincrement: 'always' }, keyless);
    const drop: Operation = {
      kind: 'dropConstraint',
      table: 'a',
      name: null,
      type: 'primaryKey',
      columns: null,
      sql: null,
      autoincrement: false,
    };
    expect(findTable(there(drop, before), 'a')?.columns[0]?.autoincrement).toBe(false);
    expect(back(drop, before)).toEqual(before);
  });
});

describe('alterColumn of the type', () => {
  const before = build((op) => {
    op.createTable('a', [op.column('mood', op.t.string(5))]);
    op.createCheckConstraint(null, 'a', "mood IN ('happy', 'sad')");
  });
  const declared: Schema = {
    ...before,
    tables: before.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => ({ ...column, declared: 'varchar(5)' })),
    })),
  };
  const checks = (expression: string) => [
    { kind: 'check' as const, name: null, expression, notValid: false },
  ];
  const alter: Operation = {
    kind: 'alterColumn',
    table: 'a',
    column: 'mood',
    change: { type: { kind: 'string', length: 9 } },
    typeChecks: { drop: checks("mood IN ('happy', 'sad')"), add: checks("mood IN ('surprised')") },
    using: null,
    backfill: null,
    allowDataLoss: false,
    concurrently: false,
  };

  test('leaves no text of the old type, and exchanges the checks that stood for it', () => {
    const table = findTable(there(alter, declared), 'a');
    expect(table?.columns[0]).not.toHaveProperty('declared');
    expect(table?.checks.map((each) => each.expression)).toEqual(["mood IN ('surprised')"]);
  });

  test('taken back, gives the text and the checks again', () => {
    expect(back(alter, declared)).toEqual(declared);
  });
});
