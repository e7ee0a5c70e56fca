import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { withDatabase, withSession } from './database.ts';

const setup = `
CREATE TABLE a (id integer PRIMARY KEY, b text);
CREATE TABLE c (a_id integer REFERENCES a (id) CONSTRAINT positive CHECK (a_id > 0));
CREATE VIEW v AS SELECT b FROM a;
INSERT INTO a VALUES (1, 'x'), (2, 'x'), (3, NULL), (4, 'long text');
INSERT INTO c VALUES (1);
`;

/** Statements a revision may hold, and what a person is told. */
const failures: readonly (readonly [string, string, RegExp])[] = [
  [
    'CREATE UNIQUE INDEX u ON a (b)',
    'MIGRATION_FAILED',
    /"a" cannot be unique by "u": several rows have b = x\./,
  ],
  ['ALTER TABLE a ADD CONSTRAINT u UNIQUE (b)', 'MIGRATION_FAILED', /several rows have b = x/],
  ['INSERT INTO a VALUES (1)', 'MIGRATION_FAILED', /several rows have id = 1/],
  [
    'INSERT INTO c VALUES (7)',
    'FOREIGN_KEY_VIOLATED',
    /a_id = 7 of table "c" refers to a row that does not exist/,
  ],
  ['DELETE FROM a WHERE id = 1', 'FOREIGN_KEY_VIOLATED', /id = 1 of table "a" cannot go: table "c"/],
  ['ALTER TABLE a ALTER COLUMN b SET NOT NULL', 'MIGRATION_FAILED', /"b" of table "a" holds NULLs/],
  ['ALTER TABLE a ADD COLUMN n integer NOT NULL', 'MIGRATION_FAILED', /"n" of table "a" holds NULLs/],
  ['ALTER TABLE a ADD CONSTRAINT ck CHECK (id < 2)', 'MIGRATION_FAILED', /"a" violates the check "ck"/],
  ['INSERT INTO c VALUES (0)', 'MIGRATION_FAILED', /"c" violates the check "positive"/],
  ['ALTER TABLE c ALTER COLUMN a_id TYPE smallint USING 100000', 'MIGRATION_FAILED', /out of range/],
  ['ALTER TABLE a ALTER COLUMN id TYPE boolean', 'MIGRATION_FAILED', /cannot be cast automatically/],
  ['DROP TABLE missing', 'MIGRATION_FAILED', /"missing" does not exist/],
  ['ALTER TABLE a DROP COLUMN missing', 'MIGRATION_FAILED', /"missing" of relation "a" does not exist/],
  ['CREATE TABLE a (id integer)', 'MIGRATION_FAILED', /"a" already exists/],
  ['ALTER TABLE a DROP COLUMN b', 'OPERATION_NOT_SUPPORTED', /view v depends on column b/],
  [
    'ALTER TABLE a ALTER COLUMN b TYPE varchar(9)',
    'OPERATION_NOT_SUPPORTED',
    /cannot alter type of a column used by a view or rule\. rule _RETURN on view v depends on column "b"\./,
  ],
  ['ALTER TABLE a ALTER COLUMN id TYPE inet USING id', 'MIGRATION_FAILED', /cannot be cast automatically/],
  ['SELECT id::inet FROM a', 'MIGRATION_FAILED', /cannot cast type integer to inet/],
  ['SELECT FROM WHERE', 'MIGRATION_FAILED', /syntax error/],
  ['CREATE INDEX i ON a (b COLLATE "NOCASE")', 'MIGRATION_FAILED', /collation "NOCASE"/],
];

describe.each(postgresqlServers())('$name', (server) => {
  test('what a statement meets is said with the object and the values', async () => {
    await withDatabase(server, async (session) => {
      await session.query(setup);
      for (const [statement, code, words] of failures) {
        const error: unknown = await session.query(statement).catch((failure: unknown) => failure);
        const translated = postgresqlDialect.translateError(error, 'db');
        expect([statement, translated?.code]).toEqual([statement, code]);
        expect(translated?.message).toMatch(words);
        expect(translated?.hint).toMatch(/\w/);
      }
    });
  });

  test('a read-only transaction, and a database or user that is not there', async () => {
    await withDatabase(server, async (session, url) => {
      await session.query('SET default_transaction_read_only = on');
      const readOnly = await session.query('CREATE TABLE b (c integer)').catch((failure: unknown) => failure);
      expect(postgresqlDialect.translateError(readOnly, 'db')).toMatchObject({ code: 'DATABASE_READ_ONLY' });

      const elsewhere = new URL(url);
      elsewhere.pathname = '/not_there';
      const missing = await withSession(elsewhere.href, async () => null).catch(
        (failure: unknown) => failure,
      );
      expect(postgresqlDialect.translateError(missing, 'db')).toMatchObject({
        code: 'DATABASE_UNREACHABLE',
        hint: expect.stringContaining('createdb'),
      });
      const nobody = new URL(url);
      nobody.username = 'not_there';
      const refused = await withSession(nobody.href, async () => null).catch((failure: unknown) => failure);
      expect(postgresqlDialect.translateError(refused, 'db')).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    });
  });

  test('a server that is not there', async () => {
    const url = 'postgresql://postgres@127.0.0.1:1/postgres';
    const error = await withSession(url, async () => null).catch((failure: unknown) => failure);
    expect(postgresqlDialect.translateError(error, 'db')).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
  });
});
