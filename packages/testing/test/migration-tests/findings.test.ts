import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEntity, p } from '@mikro-orm/core';
import { describeEngines } from '../../src/index.ts';
import { HistoryWalk } from '../../src/migration-tests/history-walk.ts';
import { checkModelsAtHead } from '../../src/migration-tests/models-at-head.ts';
import { checkOfflineSql } from '../../src/migration-tests/offline-sql.ts';
import { projectSchema } from '../../src/migration-tests/project-schema.ts';
import { checkRecordedHashes, checkSingleHead } from '../../src/migration-tests/recorded-hashes.ts';
import { checkRoundTrip, type RoundTripOptions } from '../../src/migration-tests/round-trip.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'findings-'));
  mkdirSync(join(directory, 'versions'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(
  id: string,
  parent: string | readonly string[] | null,
  upgrade: string,
  downgrade: string,
): string {
  const path = join(directory, 'versions', `${id}_script.mjs`);
  writeFileSync(
    path,
    `/** Message of ${id} */
export const revision = '${id}';
export const downRevision = ${JSON.stringify(parent)};
export function upgrade(op) { ${upgrade} }
export function downgrade(op) { ${downgrade} }
`,
  );
  return path;
}

const base = `op.createTable('books', [
  op.column('id', op.t.integer(), { primaryKey: true }),
  op.column('title', op.t.string(20), { nullable: false }),
  op.column('year', op.t.integer()),
]);
op.createTable('authors', [
  op.column('id', op.t.integer(), { primaryKey: true }),
  op.column('book_id', op.t.integer(), { nullable: false }),
  op.foreignKey(['book_id'], 'books', ['id']),
]);`;
const baseDown = `op.dropTable('authors', { allowDataLoss: true }); op.dropTable('books', { allowDataLoss: true });`;

async function roundTrip(
  engine: 'sqlite' | 'pglite' | 'postgresql',
  path: string,
  options: RoundTripOptions = {},
) {
  await using walk = new HistoryWalk(engine, { directory });
  await checkRoundTrip(walk, await walk.revisionIn(path), options);
}

/** What is wrong with a revision, and what the test says of it. */
const mistakes: [what: string, upgrade: string, downgrade: string, finding: RegExp][] = [
  [
    'a downgrade that does nothing',
    `op.addColumn('books', op.column('pages', op.t.integer()));`,
    '',
    /downgrade: the schema differs: books\.columns\.pages is there/,
  ],
  [
    'a downgrade that makes another column',
    `op.dropColumn('books', 'year', { allowDataLoss: true });`,
    `op.addColumn('books', op.column('year', op.t.text()));`,
    /downgrade: the schema differs: books\.columns\.year/,
  ],
  [
    'an upgrade that deletes rows',
    `op.execute('DELETE FROM authors');`,
    '',
    /upgrade: table authors lost 3 of 3 rows: \{.*\} is gone/,
  ],
  [
    'an upgrade that changes values',
    `op.execute('UPDATE books SET year = 7 WHERE id = 1');`,
    '',
    /upgrade: table books lost 1 of 3 rows: in \{.*"id":1.*\}, year was 1 and is 7/,
  ],
  [
    'a downgrade that deletes rows',
    '',
    `op.execute('DELETE FROM authors');`,
    /downgrade: table authors lost 3 of 3/,
  ],
  [
    'a rename that is not taken back',
    `op.renameColumn('books', 'title', 'name');`,
    `op.dropColumn('books', 'name', { allowDataLoss: true }); op.addColumn('books', op.column('title', op.t.string(20), { nullable: false, serverDefault: '' })); `,
    /downgrade/,
  ],
  [
    'a downgrade that fails with rows there',
    '',
    `op.createUniqueConstraint('one_year', 'books', ['title', 'missing']);`,
    /downgrade:/,
  ],
  [
    'a way up that works once only',
    `op.createTable('log', [op.column('id', op.t.integer(), { primaryKey: true })]);`,
    '',
    /downgrade: the schema differs: log is there/,
  ],
];

// An instance of PGlite takes seconds to start, and is PostgreSQL: the history of Freshmaker is walked on it, too.
const engines = ['sqlite', 'postgresql'] as const;

describeEngines(
  'a revision with a mistake',
  ({ engine }) => {
    test.each(mistakes)('%s', async (_, upgrade, downgrade, finding) => {
      write('aaaa', null, base, baseDown);
      const path = write('bbbb', 'aaaa', upgrade, downgrade);
      const found = roundTrip(engine, path);
      await expect(found).rejects.toThrow(finding);
      await expect(found).rejects.toThrow(new RegExp(`^Revision bbbb \\(Message of bbbb\\) on ${engine}, `));
    });
  },
  engines,
);

describeEngines(
  'a revision without one',
  ({ engine }) => {
    test.each([
      [
        'renames',
        `op.renameTable('books', 'works'); op.renameColumn('works', 'title', 'name');`,
        `op.renameColumn('works', 'name', 'title'); op.renameTable('works', 'books');`,
      ],
      [
        'changes a type and back',
        `op.alterColumn('books', 'year', { type: op.t.text() });`,
        `op.alterColumn('books', 'year', { type: op.t.integer(), using: 'CAST(year AS INTEGER)' });`,
      ],
      [
        'drops a column and says so',
        `op.dropColumn('books', 'year', { allowDataLoss: true });`,
        `op.addColumn('books', op.column('year', op.t.integer()));`,
      ],
      [
        'fills NULLs',
        `op.alterColumn('books', 'year', { nullable: false, backfill: 0 });`,
        `op.alterColumn('books', 'year', { nullable: true });`,
      ],
      ['never goes back', `op.execute('UPDATE books SET year = year');`, `op.irreversible('never');`],
      [
        'goes back without rows only',
        `op.addColumn('books', op.column('pages', op.t.integer()));`,
        `op.run(async (db, context) => { if ((await db.selectFrom('books').selectAll().execute()).length > 0) context.irreversible('rows'); }); op.dropColumn('books', 'pages');`,
      ],
      [
        'adds rows',
        `op.bulkInsert('books', [{ id: 100, title: 'new' }]);`,
        `op.execute('DELETE FROM books WHERE id = 100');`,
      ],
    ])('that %s', async (_, upgrade, downgrade) => {
      write('aaaa', null, base, baseDown);
      await roundTrip(engine, write('bbbb', 'aaaa', upgrade, downgrade));
    });

    test('that merges two branches', async () => {
      write('aaaa', null, base, baseDown);
      write(
        'bbbb',
        'aaaa',
        `op.addColumn('books', op.column('b', op.t.integer()));`,
        `op.dropColumn('books', 'b', { allowDataLoss: true });`,
      );
      write(
        'cccc',
        'aaaa',
        `op.addColumn('books', op.column('c', op.t.integer()));`,
        `op.dropColumn('books', 'c', { allowDataLoss: true });`,
      );
      await roundTrip(engine, write('dddd', ['bbbb', 'cccc'], '', ''));
    });

    test('has SQL that does the same', async () => {
      write('aaaa', null, base, baseDown);
      const path = write(
        'bbbb',
        'aaaa',
        `op.alterColumn('books', 'title', { type: op.t.text() }); op.execute("UPDATE books SET year = 1");`,
        '',
      );
      await using walk = new HistoryWalk(engine, { directory });
      await checkOfflineSql(walk, await walk.revisionIn(path), {});
    });
  },
  engines,
);

describeEngines(
  'what else is found',
  ({ engine }) => {
    test('offline SQL that does something else', async () => {
      write('aaaa', null, base, baseDown);
      // Another year each time it is recorded.
      const upgrade = `globalThis.years = (globalThis.years ?? 1900) + 1; op.execute('UPDATE books SET year = ' + globalThis.years);`;
      const path = write('bbbb', 'aaaa', upgrade, '');
      await using walk = new HistoryWalk(engine, { directory });
      await expect(checkOfflineSql(walk, await walk.revisionIn(path), {})).rejects.toThrow(
        new RegExp(
          `^Revision bbbb \\(Message of bbbb\\) on ${engine}: its offline SQL does something else than running it: a row of books is .*"year":19`,
        ),
      );
    });

    test('models that the head does not equal', async () => {
      write('aaaa', null, base, baseDown);
      const Book = defineEntity({
        name: 'Book',
        tableName: 'books',
        properties: {
          id: p.integer().primary(),
          title: p.string().length(20),
          year: p.integer().nullable(),
          pages: p.integer().nullable(),
        },
      });
      const schema = await projectSchema({ entities: [Book] }, engine);
      await using walk = new HistoryWalk(engine, { directory });
      const found = checkModelsAtHead(walk, schema, { exclude: ['authors'] });
      await expect(found).rejects.toThrow(
        new RegExp(`^On ${engine}, the models and the head of the history, aaaa, differ`),
      );
      await expect(found).rejects.toThrow(/addColumn.*books.*pages/);
      await expect(found).rejects.not.toThrow(/title/);
    });
  },
  engines,
);

test('what a project says may change is no finding', async () => {
  write('aaaa', null, base, baseDown);
  const path = write('bbbb', 'aaaa', `op.execute('UPDATE books SET year = 7');`, '');
  await expect(roundTrip('sqlite', path)).rejects.toThrow(/year was/);
  await roundTrip('sqlite', path, { losses: new Set(['books.year']) });
  await roundTrip('sqlite', path, { losses: new Set(['books']) });
});

test('values that a check demands are given by the project', async () => {
  const checked = base.replace(
    `op.t.integer()),\n]);\nop.createTable('authors'`,
    `op.t.integer(), { check: 'year > 1400' }),\n]);\nop.createTable('authors'`,
  );
  expect(checked).not.toBe(base);
  write('aaaa', null, checked, baseDown);
  const path = write(
    'bbbb',
    'aaaa',
    `op.addColumn('books', op.column('pages', op.t.integer()));`,
    `op.dropColumn('books', 'pages', { allowDataLoss: true });`,
  );
  await expect(roundTrip('sqlite', path)).rejects.toThrow(/CHECK/);
  await roundTrip('sqlite', path, { values: { 'books.year': [1901, 1902, 1903] } });
});

describe('the history as a whole', () => {
  test('two heads are named', async () => {
    write('aaaa', null, '', '');
    await checkSingleHead({ directory });
    write('bbbb', 'aaaa', '', '');
    write('cccc', 'aaaa', '', '');
    await expect(checkSingleHead({ directory })).rejects.toThrow(/2 heads: .*bbbb.*Message of bbbb/);
  });

  describe('recorded hashes', () => {
    const { CI } = process.env;
    afterEach(() => {
      if (CI === undefined) delete process.env.CI;
      else process.env.CI = CI;
    });
    const file = () => join(directory, 'recorded.json');
    const check = () => checkRecordedHashes({ directory }, file());

    test('are written when a script is new, and stay while it does the same', async () => {
      delete process.env.CI;
      write('aaaa', null, base, baseDown);
      await check();
      const recorded = readFileSync(file(), 'utf8');
      write('aaaa', null, `/* other words */ ${base.replaceAll('\n', '\n\n  ')}`, baseDown);
      process.env.CI = '1';
      await check();
      expect(readFileSync(file(), 'utf8')).toBe(recorded);
    });

    test.each([
      [
        'another operation',
        () => write('aaaa', null, `${base} op.createIndex('i', 'books', ['year']);`, baseDown),
        /aaaa does something else/,
      ],
      [
        'another data step',
        () => write('aaaa', null, `${base} op.run(async (db) => { await 1; });`, baseDown),
        /aaaa does something else/,
      ],
      [
        'another way back',
        () => write('aaaa', null, base, `op.irreversible('no');`),
        /aaaa does something else/,
      ],
      [
        'no script',
        () => rmSync(join(directory, 'versions', 'aaaa_script.mjs')),
        /aaaa is recorded in .* no script of it/,
      ],
    ])('find %s', async (_, change, finding) => {
      delete process.env.CI;
      write('aaaa', null, base, baseDown);
      write('zzzz', null, '', '');
      await check();
      change();
      await expect(check()).rejects.toThrow(finding);
    });

    test('are demanded in CI', async () => {
      process.env.CI = '1';
      write('aaaa', null, base, baseDown);
      await expect(check()).rejects.toThrow(/Not recorded in .*recorded\.json: aaaa/);
    });
  });
});
