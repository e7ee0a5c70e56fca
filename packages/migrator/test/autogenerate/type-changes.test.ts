import { compare } from '../../src/autogenerate/compare.ts';
import { downgradeOf } from '../../src/autogenerate/downgrade.ts';
import { apply } from '../../src/operations/apply.ts';
import { type DataType, t } from '../../src/schema/data-type.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { type Engine, engines, type TestDatabase } from './engine.ts';
import { recorded } from './recorded.ts';

const mood = t.enum('mood', ['sad', "can't say"]);
const feeling = t.enum('feeling', ['sad', "can't say", 'happy']);
const zoned = t.dateTime({ timezone: true });

/** Types that values go between, and values of the first, as SQL, that both can hold. */
const pairs: readonly (readonly [DataType, DataType, readonly string[]])[] = [
  [t.integer(), t.text(), ['0', '-5', '2147483647']],
  [t.integer(), t.string(12), ['7']],
  [t.smallInteger(), t.bigInteger(), ['-32768']],
  [t.bigInteger(), t.text(), ['9223372036854775807']],
  [t.integer(), t.numeric(12, 2), ['3', '-12345']],
  [t.bigInteger(), t.double(), ['9007199254740992', '-3']],
  [t.boolean(), t.integer(), ['true', 'false']],
  [t.boolean(), t.smallInteger(), ['true']],
  [t.boolean(), t.numeric(4, 1), ['true', 'false']],
  [t.boolean(), t.double(), ['true']],
  [t.boolean(), t.text(), ['true', 'false']],
  [t.numeric(10, 2), t.text(), ['1.5', '-0.25', '12345678']],
  [t.numeric(10, 2), t.numeric(14, 4), ['1.25']],
  [t.numeric(10, 2), t.double(), ['1.25', '0.1']],
  [t.numeric(6, 3), t.float(), ['1.125', '0.25']],
  [t.float(), t.double(), ['1.5', '0.25']],
  [t.double(), t.numeric(), ['0.1', '1.0', '0.30000000000000004', '1e20']],
  [t.double(), t.text(), ['0.1', '-2.5', '1.5e300']],
  [t.float(), t.text(), ['0.1', '0.5']],
  [t.dateTime(), t.text(), ["'2020-02-29 10:11:12.131415'", "'1999-12-31 00:00:00'"]],
  [t.dateTime(), t.string(30), ["'2020-02-29 10:11:12'"]],
  [zoned, t.text(), ["'2020-07-01 10:11:12.5+02:00'"]],
  [t.dateTime(), zoned, ["'2020-02-29 10:11:12'"]],
  [t.date(), t.text(), ["'2020-02-29'"]],
  [t.date(), t.dateTime(), ["'2020-02-29'"]],
  [t.date(), zoned, ["'2020-02-29'"]],
  [t.time(), t.text(), ["'10:11:12.5'", "'00:00:00'"]],
  [t.json(), t.text(), [`'{"b": 1, "a": [{"b": null}, ":"]}'`, "'5'", `'"x"'`]],
  [t.uuid(), t.text(), ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"]],
  [t.uuid(), t.string(40), ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"]],
  [mood, t.text(), ["'sad'", "'can''t say'"]],
  [mood, t.string(20), ["'sad'"]],
  [mood, feeling, ["'sad'", "'can''t say'"]],
  [t.string(40), t.string(3), ["'abc'", "'ä  '", "''"]],
  [t.text(), t.string(5), ["'abcde'"]],
  [t.string(), t.text(), ["'x'"]],
];

const pairsBothWays = pairs.flatMap(([one, other, samples]) => [
  { from: one, to: other, samples },
  // The samples are inserted into the first type and become ones of the second by hand.
  { from: other, to: one, samples, source: one },
]);

const titled = pairsBothWays.map((each) => ({
  ...each,
  title: `${name(each.from)} → ${name(each.to)}`,
}));

function name(type: DataType): string {
  return Object.values(type).flat().join(' ');
}

const tableOf = (type: DataType) =>
  recorded((op) =>
    op.createTable('things', [op.column('id', t.integer(), { primaryKey: true }), op.column('value', type)]),
  );

const changeTo = (type: DataType) => recorded((op) => op.alterColumn('things', 'value', { type }));

/** Every value as it is stored, with its storage class where there is one. */
async function contents(database: TestDatabase): Promise<readonly unknown[]> {
  const value = database.dialect.name === 'sqlite' ? "typeof(value) || ' ' || quote(value)" : 'value::text';
  return await database.query(`SELECT id, ${value} AS value FROM things ORDER BY id`);
}

describe.each(engines)('a type that is another by hand, on $name', ({ dialect, lend }: Engine) => {
  test.each(titled)(
    '$title: migrate and downgrade bring the rows back',
    ({ from, to, samples, source = from }) =>
      lend(async (database) => {
        await database.migrate(tableOf(source));
        const rows = [...samples, 'NULL'].map((sample, at) => `(${at + 1}, ${sample})`);
        await database.byHand(`INSERT INTO things (id, value) VALUES ${rows.join(', ')}`);
        if (source !== from) await database.migrate(changeTo(from));
        const live = await database.inspect();
        const before = await contents(database);

        const history = tableOf(to);
        const models = history.reduce(apply, emptySchema);
        const comparison = compare({ live, models, dialect, history });
        const spelledAlike = dialect.renderType(from) === dialect.renderType(to);
        expect(comparison.operations.length === 0).toBe(spelledAlike && from.kind !== 'enum');
        await database.migrate(comparison.operations);
        const mended = await database.inspect();
        expect(compare({ live: mended, models, dialect, history }).operations).toEqual([]);
        expect((await contents(database)).length).toBe(before.length);

        await database.migrate(downgradeOf(comparison));
        expect(compare({ live: await database.inspect(), models: live, dialect }).operations).toEqual([]);
        expect(await contents(database)).toEqual(before);
      }),
  );

  test.each<[DataType, DataType, readonly string[]]>([
    [
      t.text(),
      t.integer(),
      ["'abc'", "'007'", "'7.5'", "'7.0'", "'+7'", "' 7'", "'7 '", "''", "'99999999999'"],
    ],
    [t.text(), t.numeric(10, 2), ["'abc'", "'1.234'", "'007'", "'.5'", "'5.'", "'1,5'", "'123456789'", "''"]],
    [t.text(), t.double(), ["'abc'", "'00.5'", "' 1'"]],
    [t.text(), t.boolean(), ["'yes'", "'2'", "'01'", "''"]],
    [t.integer(), t.boolean(), ['2', '-1']],
    [t.double(), t.integer(), ['1.5']],
    [t.text(), t.date(), ["'2020-13-01'", "'01/02/2020'", "''"]],
    [t.text(), t.dateTime(), ["'yesterday'", "''"]],
    [t.text(), t.time(), ["'now-ish'", "'2020-01-01 10:00:00'", "''"]],
    [t.text(), t.json(), ["'{a:1}'", "''"]],
    [t.text(), mood, ["'happy'", "''"]],
    [t.string(10), t.string(3), ["'abcd'", "'abc '"]],
  ])('%j does not become %j where a value does not fit', (from, to, misfits) =>
    lend(async (database) => {
      await database.migrate(tableOf(from));
      for (const misfit of misfits) {
        await database.byHand(`INSERT INTO things (id, value) VALUES (1, NULL), (2, ${misfit})`);
        const before = await contents(database);
        await expect(database.migrate(changeTo(to))).rejects.toThrow(
          /do not fit|does not convert|would cut or round|out of range|overflow|invalid input syntax|too long|CHECK constraint failed/,
        );
        expect(await contents(database)).toEqual(before);
        await database.byHand('DELETE FROM things');
      }
    }),
  );
});
