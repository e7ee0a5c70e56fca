import fc from 'fast-check';
import { MigratorError } from '../errors.ts';
import { check, column, foreignKey, primaryKey, unique } from '../schema/builders.ts';
import { t } from '../schema/data-type.ts';
import { sql } from '../schema/expression.ts';
import { argumentShapes } from './argument-shapes.ts';
import { Operations } from './operations.ts';

type Name = keyof typeof argumentShapes;

const a = column('a', t.integer());

/** A call of each that is right, with everything it can be given. */
const right: Readonly<Record<Name, readonly unknown[]>> = {
  createTable: [
    't',
    [
      column('a', t.string(3), { serverDefault: 'x', check: "a <> ''", collation: 'C', comment: 'c' }),
      column('b', t.numeric(5, 2), { generated: { expression: 'a', stored: true } }),
      column('c', t.dateTime({ timezone: true }), { serverDefault: sql('CURRENT_TIMESTAMP'), unique: true }),
      column('d', t.enum('e', ['x', '']), { nullable: false }),
      column('e', t.raw({ sqlite: '', postgresql: 'int4range' })),
      primaryKey(['a', 'b'], { name: 'pk' }),
      unique(['a'], { deferrable: 'initially deferred' }),
      check('a = b', { notValid: true }),
      foreignKey(['a'], 'p', ['id'], { onDelete: 'CASCADE', onUpdate: 'SET NULL', deferrable: null }),
    ],
    { comment: 'c', strict: false, withoutRowid: false },
  ],
  dropTable: ['t', { allowDataLoss: true }],
  renameTable: ['t', 'u'],
  addColumn: ['t', a],
  dropColumn: ['t', 'a', { allowDataLoss: false }],
  renameColumn: ['t', 'a', 'b'],
  alterColumn: [
    't',
    'a',
    {
      type: t.text(),
      nullable: false,
      serverDefault: null,
      autoincrement: false,
      collation: null,
      comment: null,
      using: 'a',
      backfill: 0,
      allowDataLoss: true,
    },
  ],
  createIndex: [
    'i',
    't',
    [
      'a',
      { column: 'b', order: 'desc', nulls: 'last' },
      { expression: 'lower(c)', collation: 'C', opclass: 'o' },
    ],
    { unique: true, where: 'a > 0', using: 'gin', include: ['d'], concurrently: true },
  ],
  dropIndex: ['i', 't', { concurrently: true }],
  createForeignKey: ['k', 't', 'p', ['a'], ['id'], { onDelete: 'RESTRICT', notValid: true }],
  createUniqueConstraint: [null, 't', ['a'], { deferrable: 'initially immediate' }],
  createCheckConstraint: [null, 't', 'a > 0', { notValid: false }],
  createPrimaryKey: ['k', 't', ['a']],
  dropConstraint: [null, 't', { type: 'check', columns: ['a'], sql: 'a > 0' }],
  validateConstraint: ['k', 't'],
  createTableComment: ['t', ''],
  dropTableComment: ['t'],
  execute: [{ sqlite: 'SELECT 1', postgresql: 'SELECT 2' }, [1, null, new Date(0)]],
  bulkInsert: ['t', [{ a: 1 }, {}]],
  run: [async () => undefined, { transactional: false }],
  batchAlterTable: ['t', () => undefined],
  irreversible: ['There is no way back.'],
};

const names = Object.keys(argumentShapes) as Name[];

function call(operation: Name, given: readonly unknown[]): void {
  const op = new Operations();
  (op[operation] as (...all: readonly unknown[]) => void)(...given);
}

const parameters = names.flatMap((operation) =>
  Object.keys(argumentShapes[operation]).map((argument, at) => ({ operation, argument, at })),
);

test('every operation has shapes, and every shape an argument', () => {
  const methods = Object.getOwnPropertyNames(Operations.prototype);
  expect(names.toSorted()).toEqual(
    methods.filter((each) => !['constructor', 'recorded'].includes(each)).toSorted(),
  );
  for (const name of names) expect(right[name]).toHaveLength(Object.keys(argumentShapes[name]).length);
});

test.each(names)('%s takes what it is for', (operation) => {
  expect(() => call(operation, right[operation])).not.toThrow();
});

/** Values that are nothing any argument can be. */
const wrong: readonly unknown[] = [
  5,
  true,
  Number.NaN,
  7n,
  Symbol.iterator,
  new Date(0),
  new Map(),
  [[]],
  [5],
  [null],
];

describe.each(parameters)('$operation: $argument', ({ operation, argument, at }) => {
  test('is named where it is something else', () => {
    // Any list will do for parameters.
    for (const value of wrong.filter((each) => argument !== 'parameters' || !Array.isArray(each))) {
      const given = right[operation].with(at, value);
      expect(thrownBy(() => call(operation, given))).toMatchObject({
        code: 'OPERATION_INVALID',
        message: expect.stringMatching(new RegExp(`^${operation}: "${argument}.*" is .* and must be `)),
        facts: { operation, argument },
      });
    }
  });

  test('never makes a call fail in another way', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
        (value) => {
          const error = thrownBy(() => call(operation, right[operation].with(at, value)));
          if (error !== null) expect(error).toBeInstanceOf(MigratorError);
        },
      ),
    );
  });
});

/** Every place in a value, as the keys that lead to it. */
function placesIn(value: unknown, keys: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [keys];
  return [keys, ...Object.keys(value).flatMap((key) => placesIn((value as never)[key], [...keys, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const inner = replaced((value as Record<string, unknown>)[key], rest, by);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...(value as object), [key]: inner };
}

test.each(names)('whatever stands anywhere in the arguments of %s, it is taken or named', (operation) => {
  const places = placesIn(right[operation]).filter((each) => each.length > 0);
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.anything({ withBigInt: true, withDate: true }),
      (place, value) => {
        const given = replaced(right[operation], place, value) as readonly unknown[];
        const error = thrownBy(() => call(operation, given));
        if (error !== null) expect(error).toBeInstanceOf(MigratorError);
      },
    ),
    { numRuns: 200 },
  );
});

test.each(parameters.filter(({ operation, at }) => right[operation][at] !== undefined))(
  '$operation without its $argument says so, or can do without',
  ({ operation, at }) => {
    const error = thrownBy(() => call(operation, right[operation].with(at, undefined)));
    if (error !== null) expect(error).toMatchObject({ code: 'OPERATION_INVALID', facts: { operation } });
  },
);

test.each<[Name, number, unknown, string]>([
  ['createTableComment', 1, 5, 'createTableComment: "comment" is 5 and must be a text.'],
  [
    'createTable',
    1,
    [a, 5],
    'createTable: "elements[1]" is 5 and must be a column or a constraint: op.column(…)',
  ],
  ['createTable', 1, [{ ...a, name: '' }], 'createTable: "elements[0].name" is "" and must be a name.'],
  [
    'addColumn',
    1,
    { ...a, type: { kind: 'string', length: 'x' } },
    'addColumn: "definition.type.length" is "x" and must be a whole number from 1.',
  ],
  [
    'alterColumn',
    2,
    { nulable: false },
    'alterColumn: "change.nulable" is false and must be no option: they are type,',
  ],
  [
    'alterColumn',
    2,
    { type: 'text' },
    'alterColumn: "change.type" is "text" and must be a type: one of op.t.',
  ],
  ['alterColumn', 2, { backfill: 5n }, 'must be a text, a number, true, false, or op.sql(…).'],
  ['createIndex', 2, 'a', 'createIndex: "columns" is "a" and must be a list that is not empty.'],
  ['createIndex', 2, [], 'createIndex: "columns" is an empty list and must be a list that is not empty.'],
  [
    'createIndex',
    2,
    [{ column: 'a', order: 'DESC' }],
    '"columns[0].order" is "DESC" and must be one of "asc", "desc".',
  ],
  [
    'createForeignKey',
    5,
    { onDelete: 'cascade' },
    '"options.onDelete" is "cascade" and must be one of "CASCADE",',
  ],
  ['dropTable', 1, null, 'dropTable: "options" is null and must be a plain object.'],
  ['dropTable', 1, new Date(0), 'dropTable: "options" is an object and must be a plain object.'],
  ['bulkInsert', 1, [{}, 5], 'bulkInsert: "rows[1]" is 5 and must be an object of column values.'],
  [
    'bulkInsert',
    1,
    [{ a: 1 }, { b: () => 1 }],
    'bulkInsert: "rows[1].b" is a function and must be a value of a column.',
  ],
  ['execute', 0, { mysql: 'SELECT 1' }, 'execute: "statement.mysql" is "SELECT 1" and must be no option:'],
  ['renameTable', 1, 'a\0b', 'renameTable: "to" is "a\\u0000b" and must be a name.'],
])('%s, argument %i, given %j: %s', (operation, at, value, message) => {
  expect(() => call(operation, right[operation].with(at, value))).toThrow(message);
});

test.each<[string, () => unknown]>([
  ['column: "type" is undefined and must be a type: one of op.t.', () => column('a', undefined as never)],
  ['column: "name" is 5 and', () => column(5 as never, t.text())],
  ['column: "options" is null and', () => column('a', t.text(), null as never)],
  [
    'column: "options.generated.expression" is 5',
    () => column('a', t.text(), { generated: { expression: 5 } } as never),
  ],
  [
    'column: "options.primarykey" is true and must be no option',
    () => column('a', t.text(), { primarykey: true } as never),
  ],
  ['foreignKey: "columns" is "a" and must be a list', () => foreignKey('a' as never, 'p', ['id'])],
  ['foreignKey: "table" is undefined', () => foreignKey(['a'], undefined as never, ['id'])],
  ['primaryKey: "columns" is undefined', () => primaryKey(undefined as never)],
  ['unique: "columns[0]" is 1', () => unique([1] as never)],
  ['check: "expression" is undefined', () => check(undefined as never)],
  ['sql: "text" is 5', () => sql(5 as never)],
  ['t.string: "length" is "9" and must be a whole number from 1', () => t.string('9' as never)],
  ['t.string: "length" is 0', () => t.string(0)],
  ['t.numeric: "precision" is 1.5', () => t.numeric(1.5)],
  ['t.dateTime: "options" is true', () => t.dateTime(true as never)],
  ['t.enum: "values" is undefined', () => t.enum('e', undefined as never)],
  ['t.enum: "values[1]" is null', () => t.enum('e', ['a', null] as never)],
  ['t.raw: "types" is "x"', () => t.raw('x' as never)],
  ['t.raw: "types.postgresql" is undefined', () => t.raw({ sqlite: 'x' } as never)],
])('%s', (message, build) => {
  expect(thrownBy(build)).toMatchObject({
    code: 'OPERATION_INVALID',
    message: expect.stringContaining(message),
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}
