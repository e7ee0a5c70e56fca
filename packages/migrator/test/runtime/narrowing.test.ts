import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, type Place, postgresql, versionsOf } from './place.ts';

/** A value, and what is left of it in a type that holds less; null where even an author who agrees gets an error. */
type Case = readonly [from: string, to: string, value: unknown, left: unknown];

const cases: readonly Case[] = [
  ['t.numeric(10, 4)', 't.numeric(10, 2)', 1.2345, 1.23],
  ['t.numeric(10, 4)', 't.numeric(10, 2)', 2.675, 2.68],
  ['t.numeric(10, 4)', 't.numeric(10, 2)', -2.675, -2.68],
  ['t.numeric(10, 4)', 't.numeric(10, 2)', 1.5, 1.5],
  ['t.numeric(10, 4)', 't.numeric(5, 0)', 2.5, 3],
  ['t.numeric(10, 4)', 't.numeric(5, 2)', 123456.5, null],
  ['t.numeric(10, 4)', 't.numeric(4, 2)', 99.999, null],
  ['t.numeric(10, 4)', 't.integer()', 2.5, 3],
  ['t.numeric(10, 4)', 't.integer()', -2.5, -3],
  ['t.numeric(10, 4)', 't.integer()', 2.4999, 2],
  ['t.numeric(20, 4)', 't.integer()', 3000000000.5, null],
  ['t.numeric(20, 4)', 't.smallInteger()', 32767.5, null],
  ['t.double()', 't.integer()', 2.5, 2],
  ['t.double()', 't.integer()', -3.5, -4],
  ['t.double()', 't.integer()', 0.49999999999999994, 0],
  ['t.double()', 't.bigInteger()', 1e300, null],
  ['t.double()', 't.numeric(10, 2)', 1.005, 1.01],
  ['t.double()', 't.numeric(10, 2)', 1e9, null],
  ['t.bigInteger()', 't.double()', 9007199254740993n, 9007199254740992],
  ['t.dateTime()', 't.date()', '2020-01-31 23:59:59.999999', '2020-01-31'],
  ['t.dateTime()', 't.time()', '2020-01-31 23:59:59.123456', '23:59:59.123456'],
  ['t.string(9)', 't.string(3)', 'abc  ', 'abc'],
  ['t.text()', 't.string(3)', 'abcd', null],
  // That digits may go does not say what a text means as a number, or a number as a truth value.
  ['t.integer()', 't.boolean()', 2, null],
  ['t.bigInteger()', 't.boolean()', -1, null],
  ['t.double()', 't.boolean()', 0.4, null],
  ['t.numeric(10, 2)', 't.boolean()', 1.5, null],
  ['t.text()', 't.integer()', '007', null],
  ['t.text()', 't.double()', ' 5 ', null],
  ['t.string()', 't.numeric(10, 2)', '1.005', null],
  ['t.string()', 't.numeric(10, 2)', '1.25', '1.25'],
  ['t.string()', 't.bigInteger()', '-7', '-7'],
  ['t.string()', 't.date()', '2020-01-31 10:11:12.5', null],
  ['t.string()', 't.time()', '2020-01-31 10:11:12.5', null],
];

const literal = (value: unknown) =>
  typeof value === 'bigint' ? `${value}n` : typeof value === 'string' ? `'${value}'` : String(value);

/** Makes the column with the value, and changes its type in the next revision. */
async function narrow(place: Place, [from, to, value]: Case, options: string): Promise<unknown> {
  const create = `op.createTable('n', [column('id', t.integer(), { primaryKey: true }), column('a', ${from})]);
    op.bulkInsert('n', [{ id: 1, a: ${literal(value)} }, { id: 2, a: null }]);`;
  const change = `op.alterColumn('n', 'a', { type: ${to}${options} });`;
  await upgrade(
    { driver: place.driver, scripts: place.scripts(chain(['aaaa01', create], ['aaaa02', change])) },
    'head',
    { backup: false },
  );
  const rows = await place.query<{ a: unknown }>('SELECT CAST(a AS text) AS a FROM n ORDER BY id');
  expect(rows[1]).toEqual({ a: null });
  return typeof value === 'string' ? rows[0]?.a : Number(rows[0]?.a);
}

describe.each(engines)('$name', (engine) => {
  test.each(cases.filter(([, , value, left]) => left !== null && left !== value))(
    'from %s to %s, %s becomes %s where the author agrees, and is an error elsewhere',
    async (...each) => {
      await using place = await engine.open();
      await expect(narrow(place, each, '')).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        message: expect.stringMatching(/1 value\(s\) of column "a" of "n"/),
      });
      expect(await versionsOf(place)).toEqual(['aaaa01']);
      expect(await narrow(place, each, ', allowDataLoss: true')).toEqual(each[3]);
    },
  );

  test.each(cases.filter(([, , value, left]) => left === value))(
    'from %s to %s, %s stays',
    async (...each) => {
      await using place = await engine.open();
      expect(await narrow(place, each, ', allowDataLoss: true')).toEqual(each[3]);
    },
  );

  test.each(cases.filter(([, , , left]) => left === null))(
    'from %s to %s, %s is an error, whatever the author says',
    async (...each) => {
      await using place = await engine.open();
      await expect(narrow(place, each, ', allowDataLoss: true')).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
      });
      expect(await versionsOf(place)).toEqual(['aaaa01']);
    },
  );
});

test.each(
  postgresql.flatMap(({ name, open }) => [
    { name, open, from: 't.integer()', to: 't.float()', value: 2147483647 },
    { name, open, from: 't.bigInteger()', to: 't.float()', value: 9223372036854775807n },
    { name, open, from: 't.bigInteger()', to: 't.double()', value: 9223372036854775807n },
  ]),
)('$name: $value of $from is rounded by $to, though that is no $from any more', async (each) => {
  await using place = await each.open();
  const { from, to, value } = each;
  await expect(narrow(place, [from, to, value, null], '')).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringMatching(/would cut or round 1 value\(s\) of column "a" of "n", such as \d+\./),
  });
  expect(await narrow(place, [from, to, value, null], ', allowDataLoss: true')).toBeCloseTo(
    Number(value),
    -14,
  );
});

test.each(engines)(
  '$name: a computed column gets another type, and its values are computed',
  async (engine) => {
    await using place = await engine.open();
    const create = `op.createTable('n', [column('id', t.integer(), { primaryKey: true }), column('a', t.text()), column('g', t.text(), { generated: "a || '!'" })]);
    op.bulkInsert('n', [{ id: 1, a: 'x' }, { id: 2, a: null }]);`;
    const change = `op.alterColumn('n', 'g', { type: t.string(9) });`;
    await upgrade({
      driver: place.driver,
      scripts: place.scripts(chain(['aaaa01', create], ['aaaa02', change])),
    });
    await place.query("UPDATE n SET a = 'y' WHERE id = 2");
    expect(await place.query('SELECT g FROM n ORDER BY id')).toEqual([{ g: 'x!' }, { g: 'y!' }]);
  },
);
