import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, type Place, sqlite, versionsOf } from './place.ts';

/** Makes a column with a default, and changes its type in the next revision. */
async function change(place: Place, from: string, serverDefault: string, to: string): Promise<void> {
  const create = `op.createTable('n', [column('id', t.integer(), { primaryKey: true }), column('a', ${from}, { serverDefault: ${serverDefault} })]);`;
  await upgrade({
    driver: place.driver,
    scripts: place.scripts(chain(['aaaa01', create], ['aaaa02', `op.alterColumn('n', 'a', { ${to} });`])),
  });
}

describe.each(engines)('$name: a default', (engine) => {
  test.each([
    ['t.text()', "'x'", 'type: t.integer()', 'x'],
    ['t.text()', "'5'", "type: t.integer(), serverDefault: 'x'", 'x'],
    ['t.bigInteger()', '3000000000', 'type: t.integer()', '3000000000'],
    ['t.numeric()', '1.5', 'type: t.integer()', '1.5'],
    ['t.double()', '2.5', 'type: t.numeric(10, 0)', '2.5'],
    ['t.integer()', '5', 'type: t.boolean()', '5'],
    ['t.string()', "'abcd'", 'type: t.string(3)', 'abcd'],
    ['t.text()', "'x'", "type: t.enum('e', ['y', 'z'])", 'x'],
    ["t.enum('e', ['x', 'y'])", "'x'", "type: t.enum('e', ['y', 'z'])", 'x'],
    ['t.text()', "'x'", 'type: t.json()', 'x'],
    ['t.text()', "'x'", 'type: t.uuid()', 'x'],
    ['t.text()', "'x'", 'type: t.binary()', 'x'],
    ['t.text()', "'x'", 'type: t.dateTime()', 'x'],
    ['t.dateTime()', "'2020-01-31 10:00:00'", 'type: t.date(), allowDataLoss: true', '2020-01-31 10:00:00'],
    ['t.dateTime()', "op.sql('CURRENT_TIMESTAMP')", 'type: t.integer()', 'CURRENT_TIMESTAMP'],
  ])('of %s, %s, that does not fit { %s } is refused', async (from, serverDefault, to, told) => {
    await using place = await engine.open();
    await expect(change(place, from, serverDefault, to)).rejects.toMatchObject({
      code: 'OPERATION_INVALID',
      message: expect.stringMatching(
        new RegExp(`The default '?${told}'? of column "a" of "n" does not fit its new type`),
      ),
      hint: expect.stringContaining('`serverDefault: null`'),
      facts: expect.objectContaining({ table: 'n', column: 'a', serverDefault: told }),
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
  });

  test.each([
    ['t.text()', "'5'", 'type: t.integer()', 5],
    ['t.text()', "'x'", 'type: t.integer(), serverDefault: 7', 7],
    ['t.text()', "'x'", 'type: t.integer(), serverDefault: null', null],
    ['t.numeric()', "'3.0'", 'type: t.integer()', 3],
    ['t.integer()', '1', 'type: t.boolean()', 1],
    ['t.text()', "'yes'", 'type: t.boolean()', 1],
    ['t.boolean()', 'true', 'type: t.integer()', 1],
    ['t.text()', "'y'", "type: t.enum('e', ['y', 'z'])", 'y'],
    ["t.enum('e', ['x', 'y'])", "'y'", "type: t.enum('e', ['y', 'z'])", 'y'],
    ['t.integer()', '5', 'type: t.string(1)', '5'],
    ['t.string()', "'abc'", 'type: t.string(3)', 'abc'],
  ])('of %s, %s, that fits { %s } comes along', async (from, serverDefault, to, value) => {
    await using place = await engine.open();
    await change(place, from, serverDefault, to);
    await place.query('INSERT INTO n (id) VALUES (1)');
    const [row] = await place.query<{ a: unknown }>('SELECT a FROM n');
    expect(row?.a === true ? 1 : row?.a).toEqual(value);
  });

  test('that is the moment becomes the day with its column', async () => {
    await using place = await engine.open();
    await change(place, 't.dateTime()', "op.sql('CURRENT_TIMESTAMP')", 'type: t.date()');
    await place.query('INSERT INTO n (id) VALUES (1)');
    expect(await place.query('SELECT length(CAST(a AS text)) AS length FROM n')).toEqual([{ length: 10 }]);
  });
});

test('a default that did not fit on SQLite before is left as it is', async () => {
  await using place = await sqlite.open();
  await change(place, 't.integer()', "'x'", 'type: t.bigInteger()');
  await place.query('INSERT INTO n (id) VALUES (1)');
  expect(await place.query('SELECT a FROM n')).toEqual([{ a: 'x' }]);
});
