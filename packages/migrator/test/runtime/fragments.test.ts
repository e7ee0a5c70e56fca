import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, type Place, versionsOf } from './place.ts';

const start = `op.createTable('t', [column('id', t.integer(), { primaryKey: true }), column('a', t.text()), column('b', t.integer())]);
  op.bulkInsert('t', [{ id: 1, a: null, b: 1 }]);`;

const table = (elements: string) =>
  `op.createTable('p', [column('id', t.integer(), { primaryKey: true }), column('price', t.integer()), ${elements}]);`;

async function run(place: Place, step: string): Promise<void> {
  await upgrade({ driver: place.driver, scripts: place.scripts(chain(['aaaa01', start], ['aaaa02', step])) });
}

describe.each(engines)('$name: SQL that is more than one expression', (engine) => {
  test.each([
    [table(`op.check('price > 0) , extra (1')`), 'A check of table "p"', { table: 'p', constraint: null }],
    [
      table(`op.check('price > 0), CHECK (price < 5', { name: 'c' })`),
      'The check "c" of table "p"',
      { table: 'p', constraint: 'c' },
    ],
    [table(`column('c', t.integer(), { check: 'c > 0), CHECK (c < 5' })`), 'A check of table "p"', {}],
    [
      table(`column('c', t.integer(), { serverDefault: op.sql('1), evil INTEGER DEFAULT (3') })`),
      'The default of column "c" of table "p"',
      { table: 'p', column: 'c' },
    ],
    [
      table(`column('c', t.integer(), { generated: 'id + 1) STORED, evil INTEGER GENERATED ALWAYS AS (3' })`),
      'The expression of column "c" of table "p"',
      { column: 'c' },
    ],
    [
      table(`column('c', t.raw({ sqlite: 'INTEGER, evil INTEGER', postgresql: 'INTEGER, evil INTEGER' }))`),
      'The type of column "c" of table "p"',
      { column: 'c' },
    ],
    [
      `op.addColumn('t', column('c', t.integer(), { check: 'c > 0) CHECK (b < 5' }));`,
      'A check of table "t"',
      {},
    ],
    [
      `op.createCheckConstraint('ck', 't', 'b > 0), CHECK (b < 5');`,
      'The check "ck" of table "t"',
      { table: 't', constraint: 'ck', sql: 'b > 0), CHECK (b < 5' },
    ],
    [
      `op.createIndex('ix', 't', [{ expression: 'b + 1), (a' }]);`,
      'An expression of index "ix" of table "t"',
      { index: 'ix' },
    ],
    [
      `op.createIndex('ix', 't', ['b'], { where: 'b > 0) AND (a IS NULL' });`,
      'The condition of index "ix" of table "t"',
      { index: 'ix' },
    ],
    [
      `op.alterColumn('t', 'a', { type: t.integer(), using: 'b, id' });`,
      '`using` of column "a" of table "t"',
      { column: 'a' },
    ],
    [
      `op.alterColumn('t', 'a', { nullable: false, backfill: op.sql("'x', b = 5") });`,
      'The backfill of column "a" of table "t"',
      { column: 'a' },
    ],
    [
      `op.alterColumn('t', 'a', { serverDefault: op.sql("'x'; DROP TABLE t") });`,
      'The default of column "a" of table "t"',
      { column: 'a' },
    ],
  ])('is refused before anything runs: %s', async (step, what, facts) => {
    await using place = await engine.open();
    await expect(run(place, step)).rejects.toMatchObject({
      code: 'SCRIPT_INVALID',
      message: expect.stringContaining(`cannot be recorded: ${what} cannot be \``),
      cause: { code: 'OPERATION_INVALID' },
      facts: expect.objectContaining({ ...facts, revision: 'aaaa02' }),
    });
    expect(await versionsOf(place)).toEqual([]);
  });

  test('is not one with a comment at its end, or with parentheses in texts', async () => {
    await using place = await engine.open();
    await run(
      place,
      `${table(`column('c', t.text(), { check: "c <> ') , (' -- :)", serverDefault: op.sql("'(' -- :(") }),
        column('d', t.integer(), { generated: 'id + 1 -- next' })`)}
      op.createIndex('ix', 'p', [{ expression: 'price + 1 -- one' }, 'id'], { where: 'price > 0 -- (' });
      op.alterColumn('t', 'a', { type: t.integer(), using: 'b + 1 -- from b', nullable: false, backfill: op.sql('7 -- seven') });`,
    );
    await place.query('INSERT INTO p (id, price) VALUES (1, 5)');
    expect(await place.query('SELECT c, d FROM p')).toEqual([{ c: '(', d: 2 }]);
    expect(await place.query('SELECT a FROM t')).toEqual([{ a: 2 }]);
    await expect(place.query("INSERT INTO p (id, c) VALUES (2, ') , (')")).rejects.toThrow(/check/i);
  });
});
