import { checkModels } from '../../src/commands/check.ts';
import { upgrade } from '../../src/commands/upgrade.ts';
import { emptySchema } from '../../src/schema/schema.ts';
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

/** Runs one revision on a table that is there already. */
async function step(place: Place, ...steps: readonly string[]): Promise<void> {
  const start = `op.createTable('n', [column('id', t.integer(), { primaryKey: true }), column('a', t.integer()), column('b', t.boolean()), column('e', t.enum('e', ['y', 'z']))]);`;
  const rest = steps.map((each, at) => [`aaaa${String(at + 2).padStart(2, '0')}`, each] as const);
  await upgrade({ driver: place.driver, scripts: place.scripts(chain(['aaaa01', start], ...rest)) });
}

const truthOf = (text: unknown) => String(text === '1' || text === 'true');

describe.each(engines)('$name: a literal default of a new column', (engine) => {
  test.each([
    ['t.integer()', "'abc'", 'abc'],
    ['t.integer()', '1.5', '1.5'],
    ['t.integer()', '2147483648', '2147483648'],
    ['t.smallInteger()', '-32769', '-32769'],
    ['t.bigInteger()', "'9223372036854775808'", '9223372036854775808'],
    ['t.string(3)', "'twelve chars'", 'twelve chars'],
    ['t.string(3)', '1234', '1234'],
    ['t.numeric(4, 1)', '1000', '1000'],
    ['t.double()', "'x'", 'x'],
    ['t.boolean()', "'maybe'", 'maybe'],
    ['t.boolean()', '2', '2'],
    ['t.date()', "'2020-13-01'", '2020-13-01'],
    ['t.date()', "'2021-02-29'", '2021-02-29'],
    ['t.time()', "'25:00'", '25:00'],
    ['t.dateTime()', "'CURRENT_TIMESTAMP'", 'CURRENT_TIMESTAMP'],
    ['t.dateTime({ timezone: true })', "'yesterday noon'", 'yesterday noon'],
    ['t.json()', "'{'", '{'],
    ['t.uuid()', "'x'", 'x'],
    ["t.enum('f', ['y', 'z'])", "'x'", 'x'],
  ])('%s, that is %s, is refused with its table, and added', async (type, serverDefault, told) => {
    await using place = await engine.open();
    const column = `column('c', ${type}, { serverDefault: ${serverDefault} })`;
    for (const [table, made] of [
      ['p', `op.createTable('p', [column('id', t.integer(), { primaryKey: true }), ${column}]);`],
      ['n', `op.addColumn('n', ${column});`],
    ] as const) {
      await expect(step(place, made)).rejects.toMatchObject({
        code: 'OPERATION_INVALID',
        message: expect.stringContaining(
          `The default '${told}' of column "c" of "${table}" does not fit its type`,
        ),
        hint: expect.stringContaining('sql(…)'),
        facts: expect.objectContaining({ table, column: 'c', serverDefault: told }),
      });
    }
    expect(await versionsOf(place)).toEqual(['aaaa01']);
  });

  test.each([
    ['a', "{ serverDefault: 'x' }", 'x'],
    ['a', '{ serverDefault: 1.5, nullable: false, backfill: 0 }', '1.5'],
    ['a', "{ type: t.integer(), serverDefault: 'x' }", 'x'],
    ['b', "{ serverDefault: 'maybe' }", 'maybe'],
    ['e', "{ serverDefault: 'x' }", 'x'],
  ])('or of one that is there, %s with %s, is refused', async (column, change, told) => {
    await using place = await engine.open();
    await expect(step(place, `op.alterColumn('n', '${column}', ${change});`)).rejects.toMatchObject({
      code: 'OPERATION_INVALID',
      message: expect.stringMatching(
        new RegExp(`The default '${told}' of column "${column}" of "n" does not fit its (?:new )?type`),
      ),
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
  });

  test.each([
    ['t.integer()', "'5'", '5'],
    ['t.integer()', 'true', '1'],
    ['t.smallInteger()', '-32768', '-32768'],
    ['t.numeric(4, 1)', "'999.90'", '999.9'],
    ['t.string(3)', "'äöü'", 'äöü'],
    ['t.string()', "''", ''],
    ['t.binary()', "''", ''],
    ['t.boolean()', "'0'", 'false'],
    ['t.boolean()', "'true'", 'true'],
    ['t.boolean()', "'off'", 'false'],
    ['t.date()', "'2020-02-29'", '2020-02-29'],
    ['t.enum("f", ["y", "z"])', "'z'", 'z'],
  ])('%s, that is %s, comes into its rows', async (type, serverDefault, value) => {
    await using place = await engine.open();
    const column = (name: string) => `column('${name}', ${type}, { serverDefault: ${serverDefault} })`;
    await step(
      place,
      `op.createTable('p', [column('id', t.integer(), { primaryKey: true }), ${column('c')}]); op.addColumn('p', ${column('d')});`,
    );
    await place.query('INSERT INTO p (id) VALUES (1)');
    const [row = {}] = await place.query<Record<string, unknown>>(
      'SELECT CAST(c AS TEXT) AS c, CAST(d AS TEXT) AS d FROM p',
    );
    // PostgreSQL shows no bytes as \x; SQLite has numbers for truth values.
    const shown = (each: unknown) => (each === '\\x' ? '' : type === 't.boolean()' ? truthOf(each) : each);
    expect(Object.values(row).map(shown)).toEqual([value, value]);
  });

  test("in sql(…) is the author's own affair, as is an expression", async () => {
    await using place = await engine.open();
    await step(
      place,
      `op.createTable('p', [
        column('id', t.integer(), { primaryKey: true }),
        column('c', t.string(3), { serverDefault: op.sql("'abcd'") }),
        column('d', t.integer(), { serverDefault: op.sql('2 + 3') }),
        column('f', t.integer(), { serverDefault: op.sql('3000000000') }),
      ]);`,
    );
    expect(await versionsOf(place)).toEqual(['aaaa01', 'aaaa02'].slice(1));
  });
});

describe.each(engines)('$name: a history with a default that does not fit', (engine) => {
  const make = `op.createTable('n', [column('id', t.integer(), { primaryKey: true }), column('c', t.string(3), { serverDefault: 'abcd' })]);`;
  const history = chain(
    ['aaaa01', make],
    ['aaaa02', `op.addColumn('n', column('d', t.integer())); op.alterColumn('n', 'c', { nullable: false });`],
  );

  test('goes on, where a database has it', async () => {
    await using place = await engine.open();
    const key = engine.dialect === 'sqlite' ? 'INTEGER NOT NULL' : 'SERIAL';
    await place.query(
      `CREATE TABLE n (id ${key}, c VARCHAR(3) DEFAULT 'abcd', CONSTRAINT n_pkey PRIMARY KEY (id))`,
    );
    await place.query('CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)');
    await place.query("INSERT INTO alembic_version VALUES ('aaaa01')");
    const context = { driver: place.driver, scripts: place.scripts(history) };
    expect((await upgrade(context)).current).toEqual(['aaaa02']);
    expect(await checkModels(context, { schema: emptySchema })).toMatchObject({
      modelsAhead: [{ kind: 'dropTable', table: 'n' }],
      madeByNoRevision: [],
      changedByHand: [],
    });
  });

  test('is not begun anew', async () => {
    await using place = await engine.open();
    const context = { driver: place.driver, scripts: place.scripts(history) };
    await expect(upgrade(context)).rejects.toMatchObject({ code: 'OPERATION_INVALID' });
    expect(await versionsOf(place)).toEqual([]);
  });
});

test('a default that did not fit on SQLite before is left as it is', async () => {
  await using place = await sqlite.open();
  await change(place, 't.integer()', `op.sql("'x'")`, 'type: t.bigInteger()');
  await place.query('INSERT INTO n (id) VALUES (1)');
  expect(await place.query('SELECT a FROM n')).toEqual([{ a: 'x' }]);
});
