import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, type Place, postgresql, versionsOf } from './place.ts';

const mood = (...values: readonly string[]) => `t.enum('mood', ${JSON.stringify(values)})`;

/** Two tables that share an enumeration, as PostgreSQL has it. */
const start = `
  op.createTable('t', [column('id', t.integer(), { primaryKey: true }), column('e', ${mood('a', 'b', 'c')}, { serverDefault: 'a', nullable: false })]);
  op.createTable('u', [column('id', t.integer(), { primaryKey: true }), column('e', ${mood('a', 'b', 'c')})]);
  op.bulkInsert('t', [{ id: 1, e: 'a' }, { id: 2, e: 'b' }]);
  op.bulkInsert('u', [{ id: 1, e: 'c' }, { id: 2, e: null }]);`;

const alter = (table: string, type: string, options = '') =>
  `op.alterColumn('${table}', 'e', { type: ${type}${options} });`;

async function rowsAfter(place: Place, change: string): Promise<unknown> {
  const scripts = place.scripts(chain(['aaaa01', start], ['aaaa02', change]));
  await upgrade({ driver: place.driver, scripts });
  await place.query('INSERT INTO t (id) VALUES (9)');
  const values = async (table: string) =>
    (await place.query<{ e: string }>(`SELECT e FROM ${table} ORDER BY id`)).map((row) => row.e);
  return [await values('t'), await values('u')];
}

describe.each(engines)('$name: an enumeration of two tables', (engine) => {
  const both = (type: string, first = '', second = '') =>
    `${alter('t', type, first)} ${alter('u', type, second)}`;

  test.each([
    ['gets a value', both(mood('a', 'b', 'c', 'd')), ['a', 'b', 'a'], ['c', null]],
    ['changes their order', both(mood('c', 'b', 'a')), ['a', 'b', 'a'], ['c', null]],
    [
      'loses a value that rows have, as one table says',
      both(mood('a', 'c'), `, using: "CASE WHEN e = 'b' THEN 'c' ELSE 'a' END"`),
      ['a', 'c', 'a'],
      ['c', null],
    ],
    [
      'loses values that rows have, as both tables say',
      both(
        mood('a', 'd'),
        `, using: "CASE WHEN e = 'b' THEN 'd' ELSE 'a' END"`,
        `, using: "CASE WHEN e = 'c' THEN 'd' END"`,
      ),
      ['a', 'd', 'a'],
      ['d', null],
    ],
    [
      'loses the default, which becomes another',
      both(mood('b', 'c', 'd'), `, using: "CASE WHEN e = 'a' THEN 'd' ELSE 'b' END", serverDefault: 'd'`),
      ['d', 'b', 'd'],
      ['c', null],
    ],
  ])('%s', async (_, change, first, second) => {
    await using place = await engine.open();
    expect(await rowsAfter(place, change)).toEqual([first, second]);
  });

  test.each([
    ['of the table that is changed', both(mood('a', 'c')), 't', 'b'],
    ['of the other one', both(mood('a', 'b')), 'u', 'c'],
  ])('keeps a value that a row has %s', async (_, change, table, value) => {
    await using place = await engine.open();
    await expect(rowsAfter(place, change)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(
        new RegExp(`1 (value\\(s\\)|row\\(s\\)) .*"${table}".* enumeration.*, such as .*${value}.*\`using\``),
      ),
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
  });
});

test.each(postgresql)('$name: a default of the other table must be among the values, too', async (engine) => {
  await using place = await engine.open();
  await expect(rowsAfter(place, alter('u', mood('b', 'c')))).rejects.toMatchObject({
    code: 'OPERATION_INVALID',
    message: expect.stringContaining(
      `The default 'a' of column "e" of "t" does not fit its new type: one of 'b', 'c'.`,
    ),
  });
});
