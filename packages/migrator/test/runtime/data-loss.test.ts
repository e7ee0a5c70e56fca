import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { downgrade, type MigrateOptions, upgrade } from '../../src/commands/upgrade.ts';
import type { MigrationEvent } from '../../src/runtime/events.ts';
import { chain } from './history.ts';
import { contentsOf, engines, type Place, sqlite, versionsOf } from './place.ts';

const first = [
  'aaaa01',
  `op.createTable('kept', [column('id', t.integer(), { primaryKey: true }), column('note', t.string(20)), column('price', t.double())]);
    op.createTable('gone', [column('id', t.integer(), { primaryKey: true })]);
    op.createTable('empty', [column('id', t.integer(), { primaryKey: true })]);
    op.bulkInsert('kept', [{ id: 1, note: 'a', price: 1.5 }, { id: 2, note: 'b', price: 2 }, { id: 3, note: null, price: null }]);
    op.bulkInsert('gone', [{ id: 1 }]);`,
] as const;

const history = (second: string) => chain(first, ['aaaa02', second]);

const losing = `op.dropColumn('kept', 'note'); op.dropTable('gone'); op.dropTable('empty');`;

async function run(place: Place, second: string, options: MigrateOptions = {}, target = 'head') {
  const events: MigrationEvent[] = [];
  const context = {
    driver: place.driver,
    scripts: place.scripts(history(second)),
    listener: (event: MigrationEvent) => void events.push(event),
  };
  const result = await upgrade(context, target, { production: false, ...options });
  return {
    result,
    events,
    warnings: events.flatMap((each) => (each.type === 'warning' ? [each.message] : [])),
  };
}

describe.each(engines)('$name', (engine) => {
  test('production refuses what destroys rows or values, with their numbers, and nothing is changed', async () => {
    await using place = await engine.open();
    await run(place, losing, {}, 'aaaa01');
    const before = await contentsOf(place);
    await expect(run(place, losing, { production: true })).rejects.toMatchObject({
      code: 'DATA_LOSS',
      hint: expect.stringContaining('--allow-data-loss'),
      facts: {
        revision: 'aaaa02',
        losses: [
          { kind: 'dropColumn', table: 'kept', column: 'note', count: 2 },
          { kind: 'dropTable', table: 'gone', column: null, count: 1 },
        ],
      },
    });
    expect(await contentsOf(place)).toEqual(before);
    expect(await versionsOf(place)).toEqual(['aaaa01']);
  });

  test.each([
    ['the option', losing, { allowDataLoss: true }],
    [
      'the script',
      `op.dropColumn('kept', 'note', { allowDataLoss: true }); op.dropTable('gone', { allowDataLoss: true }); op.dropTable('empty');`,
      {},
    ],
  ])('production goes on when %s allows it', async (_, second, options) => {
    await using place = await engine.open();
    await run(place, second, {}, 'aaaa01');
    const { result } = await run(place, second, { production: true, ...options });
    expect(result.current).toEqual(['aaaa02']);
  });

  test.each([
    [
      'a column without values',
      `op.addColumn('kept', column('new', t.text())); op.dropColumn('kept', 'new');`,
    ],
    ['a wider type', `op.alterColumn('kept', 'note', { type: t.string(40) });`],
    [
      'a table that the revision makes and drops',
      `op.createTable('t', [column('a', t.integer())]); op.bulkInsert('t', [{ a: 1 }]); op.dropTable('empty');`,
    ],
  ])('production has nothing against %s', async (_, second) => {
    await using place = await engine.open();
    expect((await run(place, second, { production: true })).result.current).toEqual(['aaaa02']);
  });

  test('a narrower type counts, and so does a downgrade', async () => {
    await using place = await engine.open();
    const second = `op.alterColumn('kept', 'price', { type: t.integer(), using: 'CAST(price AS INTEGER)' });`;
    await expect(run(place, second, { production: true })).rejects.toMatchObject({
      code: 'DATA_LOSS',
      facts: {
        losses: [{ kind: 'alterColumn', table: 'kept', column: 'price', count: 2 }],
        applied: [{ revision: 'aaaa01' }],
      },
    });
    const back = chain([
      'aaaa01',
      first[1],
      `op.dropTable('kept'); op.dropTable('gone'); op.dropTable('empty');`,
    ]);
    await using other = await engine.open();
    const context = { driver: other.driver, scripts: other.scripts(back) };
    await upgrade(context);
    await expect(downgrade(context, 'base', { production: true })).rejects.toMatchObject({
      code: 'DATA_LOSS',
      facts: {
        direction: 'downgrade',
        losses: [
          { table: 'kept', count: 3 },
          { table: 'gone', count: 1 },
        ],
      },
    });
  });

  test('a conversion of the author counts where only the database knows the type', async () => {
    await using place = await engine.open();
    const [from, to] = ["t.raw({ sqlite: 'MONEY', postgresql: 'interval' })", 't.text()'];
    const using = `using: ${engine.dialect === 'sqlite' ? "'substr(span, 1, 1)'" : "'left(span::text, 1)'"}`;
    const start = `op.createTable('s', [column('span', ${from})]); op.bulkInsert('s', [{ span: '1 day' }, { span: null }]);`;
    const change = (options: string) => `op.alterColumn('s', 'span', { type: ${to}, ${options} });`;
    const context = {
      driver: place.driver,
      scripts: place.scripts(chain(['aaaa01', start], ['aaaa02', change(using)])),
    };
    await expect(upgrade(context, 'head', { production: true })).rejects.toMatchObject({
      code: 'DATA_LOSS',
      message: expect.stringContaining('narrowing column "span" of "s" may cut 1 value(s)'),
    });
    const agreed = chain(['aaaa01', start], ['aaaa02', change(`${using}, allowDataLoss: true`)]);
    await upgrade({ ...context, scripts: place.scripts(agreed) }, 'head', { production: true });
    expect(await place.query('SELECT span FROM s WHERE span IS NOT NULL')).toEqual([{ span: '1' }]);
  });

  test('elsewhere it goes on and says what went', async () => {
    await using place = await engine.open();
    const { result, warnings } = await run(place, losing);
    expect(result.current).toEqual(['aaaa02']);
    expect(warnings).toEqual([
      'Dropping column "note" of "kept" destroys 2 value(s)',
      'Dropping table "gone" destroys 1 row(s)',
    ]);
  });
});

describe('the copy of a SQLite file', () => {
  const pathOf = (place: Place) => (place.settings.dialect === 'sqlite' ? place.settings.path : '');
  const copies = (place: Place) => readdirSync(place.folder).filter((name) => name.includes('.before-'));

  test('is made before the loss, whole, and named after the revision and the time', async () => {
    await using place = await sqlite.open();
    await run(place, losing, {}, 'aaaa01');
    const { events } = await run(place, losing);
    const [name = '', ...others] = copies(place);
    expect(others).toEqual([]);
    expect(name).toMatch(/^test\.db\.before-aaaa02-\d{4}-\d\d-\d\dT\d{6}Z$/);
    expect(events).toContainEqual({
      type: 'log',
      message: expect.stringContaining(`Copied the database to ${join(place.folder, name)} before`),
    });
    const copy = new Database(join(place.folder, name), { readonly: true });
    expect(copy.prepare('SELECT version_num FROM alembic_version').pluck().all()).toEqual(['aaaa01']);
    expect(copy.prepare('SELECT note FROM kept ORDER BY id').pluck().all()).toEqual(['a', 'b', null]);
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
  });

  test.each(['delete', 'wal'])(
    'is made of definitions that this SQLite cannot make: journal_mode %s',
    async (journal) => {
      await using place = await sqlite.open();
      await run(place, losing, {}, 'aaaa01');
      const file = new Database(pathOf(place));
      file.pragma(`journal_mode = ${journal}`);
      file.unsafeMode();
      file.pragma('writable_schema = ON');
      const quoted = `replace(sql, '"price" DOUBLE', '"price" DOUBLE CHECK (note <> "none")')`;
      file.exec(`UPDATE sqlite_schema SET sql = ${quoted} WHERE name = 'kept'`);
      file.close();
      await run(place, losing);
      const [name = '', ...others] = readdirSync(place.folder).filter((each) => each.includes('.before-'));
      expect(others).toEqual([]);
      const copy = new Database(join(place.folder, name));
      expect(copy.prepare('SELECT version_num FROM alembic_version').pluck().all()).toEqual(['aaaa01']);
      expect(copy.prepare('SELECT note FROM kept ORDER BY id').pluck().all()).toEqual(['a', 'b', null]);
      expect(copy.prepare("SELECT sql FROM sqlite_schema WHERE name = 'kept'").pluck().get()).toContain(
        '"none"',
      );
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
      copy.close();
    },
  );

  test.each([
    ['--no-backup is given', losing, { backup: false }],
    ['nothing is lost', `op.dropTable('empty');`, {}],
    ['production refuses', losing, { production: true }],
  ])('is not made when %s', async (_, second, options) => {
    await using place = await sqlite.open();
    await run(place, second, options).catch(() => undefined);
    expect(copies(place)).toEqual([]);
  });

  test('is one, also where the rebuild begins anew with foreign keys off', async () => {
    await using place = await sqlite.open();
    const second = `op.execute("UPDATE kept SET note = 'x'"); op.dropColumn('kept', 'note');
      op.alterColumn('kept', 'price', { nullable: false, backfill: 0 });`;
    await run(place, second);
    expect(copies(place)).toHaveLength(1);
  });

  test('that was left half written is removed by the next run; those of others stay', async () => {
    await using place = await sqlite.open();
    await run(place, losing, {}, 'aaaa01');
    const file = basename(pathOf(place));
    const dead = 2 ** 22 + 1;
    for (const name of [
      `${file}.before-aaaa01-x.partial-${dead}`,
      `${file}.before-mine`,
      `other.db.before-a.partial-${dead}`,
    ])
      writeFileSync(join(place.folder, name), '');
    await run(place, losing);
    const left = readdirSync(place.folder).filter((name) => name.includes('.before-'));
    expect(left.toSorted()).toEqual([
      `other.db.before-a.partial-${dead}`,
      expect.stringMatching(/before-aaaa02/),
      `${file}.before-mine`,
    ]);
    for (const name of left) rmSync(join(place.folder, name));
  });
});
