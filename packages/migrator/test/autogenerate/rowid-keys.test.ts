import { compare } from '../../src/autogenerate/compare.ts';
import { compareDatabase } from '../../src/autogenerate/from-database.ts';
import { sqliteDialect as dialect } from '../../src/dialects/sqlite/dialect.ts';
import { apply } from '../../src/operations/apply.ts';
import { describeInTurn } from '../../src/runtime/describe-in-turn.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { engines } from './engine.ts';
import { recorded } from './recorded.ts';

const [sqlite] = engines;
const rest = 'FOREIGN KEY (pet_id) REFERENCES pet (id)';

/** A key that refers to another table: it counts by being SQLite's rowid, and nobody asks for it. */
const modelsWith = (type: 'integer' | 'bigInteger') =>
  recorded((op) => {
    op.createTable('pet', [op.column('id', op.t.integer(), { primaryKey: true })]);
    op.createTable('pet_friends', [
      op.column('pet_id', op.t[type](), { primaryKey: true }),
      op.foreignKey(['pet_id'], 'pet', ['id']),
    ]);
  }).reduce(apply, emptySchema);

describe.each([
  ['the rowid', `pet_id integer not null, primary key (pet_id), ${rest}`, []],
  ['an integer that is not the rowid', `pet_id INT NOT NULL PRIMARY KEY, ${rest}`, []],
  ['an integer in falling order', `pet_id INTEGER NOT NULL PRIMARY KEY DESC, ${rest}`, []],
  ['no key yet', `pet_id integer not null, ${rest}`, ['createPrimaryKey pet_id']],
  [
    'a key of two columns',
    `pet_id integer not null, friend_id integer, PRIMARY KEY (pet_id, friend_id), ${rest}`,
    ['dropConstraint pet_id,friend_id', 'dropColumn', 'createPrimaryKey pet_id'],
  ],
])('a key that refers to another table, where the database has %s', (_, definition, expected) => {
  test.each(['with', 'without'])('says what changes, %s a history', async (given) => {
    await sqlite?.lend(async (database) => {
      await database.byHand(
        `CREATE TABLE pet (id INTEGER PRIMARY KEY); CREATE TABLE pet_friends (${definition})`,
      );
      const models = modelsWith('integer');
      const live = await database.inspect();
      const history =
        given === 'with' ? compareDatabase({ live, history: [], dialect }).operations : undefined;
      const drops = definition.includes('friend_id') ? [{ table: 'pet_friends', column: 'friend_id' }] : [];
      const input = { models, dialect, ...(history ? { history } : {}) };
      const decisions = { renames: [], drops, backfills: [], usings: [] };
      const found = compare({ ...input, live, decisions });
      const described = describeInTurn(found.operations, found.before, dialect);
      expect(described.map(({ kind, columns }) => [kind, columns].join(' ').trimEnd())).toEqual(expected);
      await database.migrate(found.operations);
      expect(compare({ ...input, live: await database.inspect() }).operations).toEqual([]);
    });
  });
});

test('a key that is to be of a type that does not count', async () => {
  await sqlite?.lend(async (database) => {
    await database.byHand(
      `CREATE TABLE pet (id INTEGER PRIMARY KEY); CREATE TABLE pet_friends (pet_id INTEGER PRIMARY KEY, ${rest})`,
    );
    const live = await database.inspect();
    const { operations: history } = compareDatabase({ live, history: [], dialect });
    const models = modelsWith('bigInteger');
    const found = compare({ live, models, dialect, history });
    const described = describeInTurn(found.operations, found.before, dialect);
    expect(described.filter(({ kind }) => kind === 'alterColumn')).toEqual([
      {
        kind: 'alterColumn',
        table: 'pet_friends',
        column: 'pet_id',
        from: { type: { kind: 'integer' } },
        to: { type: { kind: 'bigInteger' } },
      },
    ]);
    await database.migrate(found.operations);
    expect(compare({ live: await database.inspect(), models, dialect, history }).operations).toEqual([]);
  });
});
