import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { contentsOf, type Place, sqlite, versionsOf } from './place.ts';

const start = `
  op.createTable('parents', [column('id', t.integer(), { primaryKey: true }), column('a', t.integer())]);
  op.createTable('children', [
    column('id', t.integer(), { primaryKey: true }),
    column('note', t.text()),
    column('parent_id', t.integer()),
    op.foreignKey(['parent_id'], 'parents', ['id'], { onDelete: 'CASCADE' }),
  ]);
  op.createTable('words', [
    column('word', t.text(), { primaryKey: true }),
    column('parent_id', t.integer()),
    op.foreignKey(['parent_id'], 'parents', ['id']),
  ], { withoutRowid: true });
  op.bulkInsert('parents', [{ id: 1, a: 1 }, { id: 2, a: 2 }]);
  op.bulkInsert('children', [{ id: 1, parent_id: 1 }, { id: 2, parent_id: 2 }]);`;

/** Rows that somebody else's program has left, whose SQLite does not look at foreign keys. */
const amiss = `
  PRAGMA foreign_keys = OFF;
  INSERT INTO children VALUES (3, 'x', 98), (4, 'y', 98), (5, 'z', 99);
  INSERT INTO words VALUES ('gone', 97);
  PRAGMA foreign_keys = ON`;

const leftAsTheyAre = ' that do not exist; they were there before this migration and are left as they are.';
const warnings = [
  `3 row(s) of table "children" (rowid 3, 4, 5) refer to rows of "parents"${leftAsTheyAre}`,
  `1 row(s) of table "words" refer to rows of "parents"${leftAsTheyAre}`,
];

async function second(place: Place, change: string, setup = amiss) {
  const first = place.scripts(chain(['aaaa01', start]));
  await upgrade({ driver: place.driver, scripts: first }, 'head', { backup: false });
  for (const sql of setup.split(';')) await place.query(sql);
  const before = await contentsOf(place);
  const heard: string[] = [];
  const work = upgrade(
    {
      driver: place.driver,
      scripts: place.scripts(chain(['aaaa01', start], ['aaaa02', change])),
      listener: (event) => {
        if (event.type === 'warning') heard.push(event.message);
      },
    },
    'head',
    { backup: false },
  );
  return { before, heard, work };
}

describe('rows that refer to nothing before a rebuild', () => {
  test.each([
    ['the parents are rebuilt', `op.alterColumn('parents', 'a', { type: t.text() });`],
    ['the children are rebuilt', `op.alterColumn('children', 'note', { serverDefault: 'n' });`],
    [
      'the foreign key is made anew',
      `op.dropConstraint(null, 'children', { type: 'foreignKey', columns: ['parent_id'] });
      op.createForeignKey(null, 'children', 'parents', ['parent_id'], ['id'], { onDelete: 'SET NULL' });`,
    ],
  ])('are told of and stay, and the migration is not blamed: %s', async (_, change) => {
    await using place = await sqlite.open();
    const { heard, work } = await second(place, change);
    expect((await work).current).toEqual(['aaaa02']);
    expect(heard).toEqual(warnings);
    expect(await place.query('SELECT id, parent_id FROM children ORDER BY id')).toEqual([
      { id: 1, parent_id: 1 },
      { id: 2, parent_id: 2 },
      { id: 3, parent_id: 98 },
      { id: 4, parent_id: 98 },
      { id: 5, parent_id: 99 },
    ]);
    expect(await place.query('SELECT * FROM words')).toEqual([{ word: 'gone', parent_id: 97 }]);
  });

  test('are of no interest where nothing is rebuilt', async () => {
    await using place = await sqlite.open();
    const { heard, work } = await second(place, `op.addColumn('children', column('b', t.text()));`);
    expect((await work).current).toEqual(['aaaa02']);
    expect(heard).toEqual([]);
  });

  test('are told of in part where they are many', async () => {
    await using place = await sqlite.open();
    const many = `PRAGMA foreign_keys = OFF; INSERT INTO children (id, parent_id)
      WITH RECURSIVE n (i) AS (SELECT 11 UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i, 99 FROM n;
      PRAGMA foreign_keys = ON`;
    const { heard, work } = await second(place, `op.alterColumn('parents', 'a', { type: t.text() });`, many);
    await work;
    expect(heard).toEqual([
      `30 row(s) of table "children" (rowid 11, 12, 13, 14, 15, …) refer to rows of "parents"${leftAsTheyAre}`,
    ]);
  });

  test('do not hide the one that a migration adds, which alone is named', async () => {
    await using place = await sqlite.open();
    const { before, heard, work } = await second(
      place,
      `op.alterColumn('parents', 'a', { type: t.text() });
       op.execute('DELETE FROM parents WHERE id = 2');
       op.execute("INSERT INTO words VALUES ('new', 96)");`,
    );
    await expect(work).rejects.toMatchObject({
      code: 'FOREIGN_KEY_VIOLATED',
      message: expect.stringMatching(
        /failed and was rolled back: 2 row\(s\) would refer to rows that do not exist, the first in table "children" \(rowid 2\), which refers to "parents"\./,
      ),
      facts: {
        revision: 'aaaa02',
        violationCount: 2,
        violations: [
          { table: 'children', rowid: 2, parent: 'parents' },
          { table: 'words', rowid: null, parent: 'parents' },
        ],
      },
    });
    expect(heard).toEqual(warnings);
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await contentsOf(place)).toEqual(before);
  });
});
