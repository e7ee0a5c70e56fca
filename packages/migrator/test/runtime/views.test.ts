import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, type Place, sqlite, versionsOf } from './place.ts';

const start = `op.createTable('t', [column('id', t.integer(), { primaryKey: true }), column('a', t.string(9), { nullable: false })]);
  op.bulkInsert('t', [{ id: 1, a: 'x' }]);
  op.execute('CREATE VIEW v AS SELECT a FROM t');`;

const widen = `op.alterColumn('t', 'a', { type: t.text() });`;

test.each(engines)('$name: a view is taken away and made again around a change of type', async (engine) => {
  await using place = await engine.open();
  const around = `op.execute('DROP VIEW v'); ${widen} op.execute('CREATE VIEW v AS SELECT a FROM t');`;
  const scripts = place.scripts(chain(['aaaa01', start], ['aaaa02', around]));
  expect((await upgrade({ driver: place.driver, scripts })).current).toEqual(['aaaa02']);
  expect(await place.query('SELECT a FROM v')).toEqual([{ a: 'x' }]);
});

/** What a run came to, with the statements it told of. */
async function outcome(place: Place, ...scripts: readonly (readonly [string, string])[]) {
  const statements: string[] = [];
  const error = await upgrade({
    driver: place.driver,
    scripts: place.scripts(chain(['aaaa01', start], ...scripts)),
    listener: (event) => {
      if (event.type === 'stepStarted') statements.length = 0;
      if (event.type === 'statement') statements.push(event.sql);
    },
  }).then(
    () => null,
    (caught: unknown) => caught,
  );
  return { error, statements };
}

const refused = (dialect: string, revision: string, what: string, applied: readonly string[]) => ({
  code: 'OPERATION_NOT_SUPPORTED',
  message: expect.stringMatching(
    new RegExp(
      `^The upgrade of revision ${revision} failed and was rolled back: On ${dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL'} ${what}: view v uses it\\.`,
    ),
  ),
  hint: 'Drop view v in a step before this one (op.execute).',
  facts: expect.objectContaining({
    revision,
    dialect,
    dependents: ['view v'],
    applied: applied.map((each) => expect.objectContaining({ revision: each })),
  }),
});

describe.each(engines)('$name: a table that a view uses is not dropped', (engine) => {
  const drop = `op.dropTable('t', { allowDataLoss: true });`;
  const row = `op.bulkInsert('t', [{ id: 2, a: 'y' }]);`;

  test.each([
    ['alone', drop],
    ['by another name', `op.renameTable('t', 'u'); op.dropTable('u', { allowDataLoss: true });`],
    ['behind rows', `${row} ${drop}`],
    ['behind rows and changes', `op.createTable('other', [column('id', t.integer())]); ${row} ${drop}`],
  ])('%s: nothing is begun', async (_, change) => {
    await using place = await engine.open();
    const { error, statements } = await outcome(place, ['aaaa02', change]);
    const table = change.includes("'u'") ? 'u' : 't';
    expect(error).toMatchObject(
      refused(engine.dialect, 'aaaa02', `table "${table}" cannot be dropped`, ['aaaa01']),
    );
    expect(statements).toEqual([]);
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await place.query('SELECT a FROM v')).toEqual([{ a: 'x' }]);
  });

  test('nor is anything of a revision begun that takes several transactions', async () => {
    await using place = await engine.open();
    const index = `op.createIndex('ix', 't', ['a'], { concurrently: true });`;
    const { error } = await outcome(place, ['aaaa02', `${index} ${drop}`]);
    expect(error).toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringContaining('table "t" cannot be dropped: view v uses it.'),
      facts: { dependents: ['view v'] },
    });
    const catalog = engine.dialect === 'sqlite' ? 'sqlite_schema WHERE name' : 'pg_class WHERE relname';
    expect(await place.query(`SELECT 1 FROM ${catalog} = 'ix'`)).toEqual([]);
    const after = await outcome(place, ['aaaa02', `op.execute('DROP VIEW v'); ${index} ${drop}`]);
    expect(after.error).toBeNull();
    expect(await versionsOf(place)).toEqual(['aaaa02']);
  });

  test('the view may come from the same revision', async () => {
    await using place = await engine.open();
    const make = `op.createTable('u', [column('id', t.integer())]); op.execute('DROP VIEW v'); op.execute('CREATE VIEW v AS SELECT id FROM u');`;
    const { error } = await outcome(place, ['aaaa02', `${make} ${drop} op.dropTable('u');`]);
    expect(error).toMatchObject(refused(engine.dialect, 'aaaa02', 'table "u" cannot be dropped', ['aaaa01']));
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await place.query('SELECT a FROM v')).toEqual([{ a: 'x' }]);
  });

  test.each<[string, readonly (readonly [string, string])[]]>([
    ['the same revision', [['aaaa02', `op.execute('DROP VIEW v'); ${drop}`]]],
    [
      'the same revision, by a function',
      [['aaaa02', `op.run(async (db) => { await db.schema.dropView('v').execute(); }); ${drop}`]],
    ],
    [
      'the revision before',
      [
        ['aaaa02', `op.execute('DROP VIEW v');`],
        ['aaaa03', drop],
      ],
    ],
    [
      'a revision before others',
      [
        ['aaaa02', `op.execute('DROP VIEW v');`],
        ['aaaa03', row],
        ['aaaa04', drop],
      ],
    ],
    [
      'the same revision, which makes it again of another table',
      [
        [
          'aaaa02',
          `op.createTable('u', [column('a', t.text())]); op.execute('DROP VIEW v'); op.execute('CREATE VIEW v AS SELECT a FROM u'); ${drop}`,
        ],
      ],
    ],
  ])('but where %s has dropped the view', async (_, scripts) => {
    await using place = await engine.open();
    const { error } = await outcome(place, ...scripts);
    expect(error).toBeNull();
    expect(await versionsOf(place)).toEqual([scripts.at(-1)?.[0]]);
  });

  test('but where the view has only its name in it', async () => {
    await using place = await engine.open();
    const { error } = await outcome(place, [
      'aaaa02',
      `op.execute('DROP VIEW v'); op.createTable('u', [column('a', t.text())]);
       op.execute("CREATE VIEW v AS WITH t AS (SELECT a FROM u) SELECT t.a AS t FROM t WHERE t.a <> 't'"); ${drop}`,
    ]);
    expect(error).toBeNull();
    expect(await place.query('SELECT * FROM v')).toEqual([]);
  });
});

describe.each(engines)('$name: a column that others use is not dropped', (engine) => {
  const widerStart = `op.addColumn('t', column('b', t.text())); op.execute('DROP VIEW v');
    op.execute('CREATE VIEW v AS SELECT a, b FROM t');`;
  test.each([
    ['by itself', `op.dropColumn('t', 'b');`],
    ['with a rebuild on SQLite', `op.alterColumn('t', 'a', { nullable: true }); op.dropColumn('t', 'b');`],
  ])('%s: the view is named', async (_, change) => {
    await using place = await engine.open();
    const { error } = await outcome(place, ['aaaa02', widerStart], ['aaaa03', change]);
    expect(error).toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringMatching(
        /^The upgrade of revision aaaa03 failed and was rolled back: .*view "?v"? uses /,
      ),
      hint: expect.stringContaining('Drop view v in a step before this one'),
      facts: { revision: 'aaaa03', dependents: ['view v'] },
    });
    expect(await versionsOf(place)).toEqual(['aaaa02']);
    expect(await place.query('SELECT a, b FROM v')).toEqual([{ a: 'x', b: null }]);
  });
});

describe.each([
  ['by a rebuild', `op.alterColumn('t', 'a', { nullable: true });`],
  ['by itself', ''],
  ['by itself, ahead of a rename', `op.renameTable('other', 'another');`],
])('on SQLite a column is dropped %s', (_, along) => {
  const drop = `op.dropColumn('t', 'b');`;
  test.each([
    ['under a trigger that fills it', "INSERT INTO t (id, a, b) VALUES (9, 'y', NEW.id)", drop, 'refused'],
    ['under a trigger that sets it', "UPDATE t SET b = 'y'", drop, 'refused'],
    [
      'under a trigger that has only its name in it',
      "UPDATE t SET a = 'b' WHERE a = (SELECT id AS b FROM other)",
      drop,
      'done',
    ],
    [
      'and comes back under a trigger that sets it',
      "UPDATE t SET b = 'y'",
      `${drop} op.addColumn('t', column('b', t.integer()));`,
      'done',
    ],
  ])('%s', async (_, body, change, answer) => {
    await using place = await sqlite.open();
    const { error } = await outcome(
      place,
      [
        'aaaa02',
        `op.createTable('other', [column('id', t.integer())]); op.addColumn('t', column('b', t.text()));
       op.execute(${JSON.stringify(`CREATE TRIGGER g AFTER INSERT ON other BEGIN ${body}; END`)});`,
      ],
      ['aaaa03', along.includes('rename') ? `${change} ${along}` : `${along} ${change}`],
    );
    expect(error).toEqual(
      answer === 'done'
        ? null
        : expect.objectContaining({
            code: 'OPERATION_NOT_SUPPORTED',
            message: expect.stringContaining(
              'On SQLite column "b" of "t" cannot be dropped: trigger g uses it.',
            ),
          }),
    );
  });
});

test('on SQLite a column is dropped under a trigger that sets it and goes with its table', async () => {
  await using place = await sqlite.open();
  const make = `op.createTable('other', [column('id', t.integer())]); op.addColumn('t', column('b', t.text()));
    op.execute("CREATE TRIGGER g AFTER INSERT ON other BEGIN UPDATE t SET b = 'y'; END");`;
  const { error } = await outcome(
    place,
    ['aaaa02', make],
    ['aaaa03', `op.dropColumn('t', 'b'); op.dropTable('other');`],
  );
  expect(error).toBeNull();
});

describe('on SQLite a table that a trigger of another table uses is not dropped', () => {
  const make = (body: string) =>
    [
      'aaaa02',
      `op.createTable('o', [column('id', t.integer())]); op.createTable('u', [column('a', t.text())]);
       op.execute(${JSON.stringify(`CREATE TRIGGER g AFTER INSERT ON o BEGIN ${body}; END`)});`,
    ] as const;
  const writes = "INSERT INTO u (a) VALUES ('x')";
  const drop = `op.dropTable('u');`;

  test.each([
    ['writes to', writes, drop],
    ['empties', 'DELETE FROM "U"', drop],
    ['reads', 'UPDATE o SET id = (SELECT count(*) FROM u)', drop],
    ['writes to, under a name that it has no more', writes, `op.renameTable('u', 'w'); op.dropTable('w');`],
    ['writes to, behind rows', writes, `op.bulkInsert('u', [{ a: 'y' }]); ${drop}`],
    ['writes to, and another table is renamed', writes, `${drop} op.renameTable('t', 'u');`],
    [
      'writes to, and both go, but something is renamed between',
      writes,
      `${drop} op.renameColumn('t', 'a', 'b'); op.dropTable('o');`,
    ],
  ])('that it %s: nothing is begun', async (_, body, change) => {
    await using place = await sqlite.open();
    const table = change.includes("'w'") ? 'w' : 'u';
    const { error, statements } = await outcome(place, make(body), ['aaaa03', change]);
    expect(error).toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringContaining(
        `revision aaaa03 failed and was rolled back: On SQLite table "${table}" cannot be dropped: trigger g uses it.`,
      ),
      hint: `Drop trigger g in a step before this one (op.execute), and create what is still needed again without "${table}".`,
      facts: expect.objectContaining({
        revision: 'aaaa03',
        dialect: 'sqlite',
        table,
        dependents: ['trigger g'],
      }),
    });
    expect(statements).toEqual([]);
    expect(await versionsOf(place)).toEqual(['aaaa02']);
    await place.query('INSERT INTO o VALUES (1)');
  });

  const again = `op.execute("CREATE TRIGGER g AFTER INSERT ON o BEGIN DELETE FROM t; END");`;
  test.each([
    ['has only its name in it', `UPDATE o SET id = (SELECT 'u' AS u)`, drop],
    ['is dropped before it', writes, `op.execute('DROP TRIGGER g'); ${drop}`],
    ['is made again without it', writes, `op.execute('DROP TRIGGER g'); ${again} ${drop}`],
    ['goes before it with its own table', writes, `op.dropTable('o'); ${drop}`],
    ['goes behind it with its own table', writes, `${drop} op.dropTable('o');`],
    [
      'goes with its own table, which is called otherwise',
      writes,
      `op.renameTable('o', 'p'); ${drop} op.dropTable('p');`,
    ],
    ['finds another one in its place', writes, `${drop} op.createTable('u', [column('a', t.integer())]);`],
    ['is on it', 'SELECT 1', `op.dropTable('o');`],
  ])('but where the trigger %s', async (_, body, change) => {
    await using place = await sqlite.open();
    const { error } = await outcome(place, make(body), ['aaaa03', change]);
    expect(error).toBeNull();
    if (!change.includes(`'o'`)) await place.query('INSERT INTO o VALUES (1)');
  });

  test('nor for another one that has not the columns it sets', async () => {
    await using place = await sqlite.open();
    const change = `${drop} op.createTable('u', [column('b', t.integer())]);`;
    const { error } = await outcome(place, make(writes), ['aaaa03', change]);
    expect(error).toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringContaining('On SQLite column "a" of "u" cannot be dropped: trigger g uses it.'),
    });
  });

  test('and is renamed with the trigger', async () => {
    await using place = await sqlite.open();
    const { error } = await outcome(place, make(writes), [
      'aaaa03',
      `op.renameTable('u', 'w'); op.createTable('u', [column('b', t.integer())]); op.alterColumn('w', 'a', { type: t.string(3) });`,
    ]);
    expect(error).toBeNull();
    await place.query('INSERT INTO o VALUES (1)');
    expect(await place.query('SELECT a FROM w')).toEqual([{ a: 'x' }]);
  });
});

describe('SQLite lets a table under a view make room for another of its name', () => {
  const drop = `op.dropTable('t', { allowDataLoss: true });`;
  const make = (name: string) =>
    `op.createTable('${name}', [column('id', t.integer()), column('a', t.text())]);`;

  test('that is made', async () => {
    await using place = await sqlite.open();
    const rename = `op.createTable('u', [column('id', t.integer())]); op.renameColumn('u', 'id', 'key');`;
    const { error } = await outcome(place, ['aaaa02', `${drop} ${make('t')} ${rename}`]);
    expect(error).toBeNull();
    expect(await place.query('SELECT a FROM v')).toEqual([]);
  });

  test('but not that is renamed so, since SQLite reads the view to rename anything', async () => {
    await using place = await sqlite.open();
    const { error, statements } = await outcome(place, [
      'aaaa02',
      `${make('u')} ${drop} op.renameTable('u', 't');`,
    ]);
    expect(error).toMatchObject(refused('sqlite', 'aaaa02', 'table "t" cannot be dropped', ['aaaa01']));
    expect(statements).toEqual([]);
  });
});

test.each(engines)('$name: a view in the way is named, and nothing is done', async (engine) => {
  await using place = await engine.open();
  const scripts = place.scripts(
    chain(['aaaa01', start], ['aaaa02', `op.bulkInsert('t', [{ id: 2, a: 'y' }]); ${widen}`]),
  );
  const done = upgrade({ driver: place.driver, scripts });
  // SQLite asks no view for leave.
  if (engine.dialect === 'sqlite') expect((await done).current).toEqual(['aaaa02']);
  else {
    await expect(done).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringContaining('column "a" of "t" cannot get another type: view v uses it'),
      facts: { revision: 'aaaa02', dependents: ['view v'], applied: [{ revision: 'aaaa01' }] },
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await place.query('SELECT id, a FROM t')).toEqual([{ id: 1, a: 'x' }]);
  }
});
