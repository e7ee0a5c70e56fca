import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import type { Operations } from '../../src/operations/operations.ts';
import { record, run, withDatabase } from './database.ts';

const setup = `
  CREATE TYPE mood AS ENUM ('happy', 'sad');
  CREATE TABLE "a t" (id integer PRIMARY KEY, b varchar(9) UNIQUE CHECK (b <> ''), c integer DEFAULT 1, m mood);
  CREATE INDEX ON "a t" (lower(b)) WHERE c > 0;
  CREATE TABLE log (what text);
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES ('x'); RETURN NEW; END $$;
  INSERT INTO "a t" VALUES (1, 'x', 2, 'sad');
`;

const widen = (op: Operations) => op.alterColumn('a t', 'b', { type: op.t.text() });
const drop = (op: Operations) => op.dropColumn('a t', 'b');

const cases: readonly (readonly [string, string, (op: Operations) => void, string])[] = [
  ['a view', 'CREATE VIEW v AS SELECT b FROM "a t"', widen, 'view v'],
  ['a view', 'CREATE VIEW v AS SELECT id FROM "a t" ORDER BY b', drop, 'view v'],
  [
    'a materialized view',
    'CREATE MATERIALIZED VIEW "M v" AS SELECT b FROM "a t"',
    widen,
    'materialized view "M v"',
  ],
  [
    'a rule',
    'CREATE RULE r AS ON DELETE TO "a t" DO ALSO INSERT INTO log VALUES (OLD.b)',
    widen,
    'rule r on table "a t"',
  ],
  [
    'a computed column',
    'ALTER TABLE "a t" ADD COLUMN g text GENERATED ALWAYS AS (b) STORED',
    widen,
    'computed column g of table a t',
  ],
  ['a policy', `CREATE POLICY p ON "a t" USING (b <> 'secret')`, widen, 'policy p on table "a t"'],
  [
    "a trigger's condition",
    `CREATE TRIGGER g AFTER INSERT ON "a t" FOR EACH ROW WHEN (NEW.b <> '') EXECUTE FUNCTION note()`,
    widen,
    'trigger g on table "a t"',
  ],
  [
    "a trigger's columns",
    'CREATE TRIGGER g AFTER UPDATE OF b ON "a t" FOR EACH ROW EXECUTE FUNCTION note()',
    drop,
    'trigger g on table "a t"',
  ],
  [
    'a function',
    'CREATE FUNCTION f() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT max(b) FROM "a t"; END',
    widen,
    'function f()',
  ],
  [
    'a view on an enumeration',
    'CREATE VIEW v AS SELECT m FROM "a t"',
    (op) => op.alterColumn('a t', 'm', { type: op.t.enum('mood', ['happy', 'sad', 'angry']) }),
    'view v',
  ],
];

describe.each(postgresqlServers())('$name', (server) => {
  test.each(cases)('what %s uses is refused before anything runs: %s', async (_, sql, change, name) => {
    await withDatabase(server, async (session) => {
      await session.query(setup);
      await session.query(sql);
      const before = await postgresqlDialect.inspect(session);
      await expect(run(session, record(change), before)).rejects.toMatchObject({
        code: 'OPERATION_NOT_SUPPORTED',
        message: expect.stringMatching(/^On PostgreSQL column "[bm]" of "a t" cannot (get|be) /),
        hint: expect.stringContaining(`Drop ${name} in a step before this one`),
        facts: { dependents: [name] },
      });
      // The server would have said so, too: the refusal is not stricter than it.
      const { statements } = postgresqlDialect.compile(record(change) as never, {
        ...before,
        tables: before.tables.map((table) => ({
          ...table,
          columns: table.columns
            .filter((each) => each.generated === null)
            .map(({ dependents: _, ...column }) => column),
        })),
      });
      const attempt = async () => {
        for (const each of statements) await session.query(each.sql);
      };
      await session.query('BEGIN');
      await expect(attempt()).rejects.toMatchObject({ code: expect.stringMatching(/^(0A000|2BP01)$/) });
      await session.query('ROLLBACK');
    });
  });

  test.each<[string, string, string, readonly string[]]>([
    ['a view', 'CREATE VIEW v AS SELECT b FROM "a t"', 'a t', ['view v']],
    ['a view of no column', 'CREATE VIEW "V" AS SELECT count(*) FROM "a t"', 'a t', ['view "V"']],
    ['a view of its rows', 'CREATE VIEW v AS SELECT x FROM "a t" x', 'a t', ['view v']],
    [
      'views, one on another',
      'CREATE MATERIALIZED VIEW m AS SELECT b FROM "a t"; CREATE VIEW v AS SELECT id FROM "a t" JOIN m USING (b)',
      'a t',
      ['materialized view m', 'view v'],
    ],
    ['a view elsewhere', 'CREATE SCHEMA s; CREATE VIEW s.v AS SELECT b FROM "a t"', 'a t', ['view s.v']],
    [
      'a function of its rows',
      'CREATE FUNCTION f("a t") RETURNS text LANGUAGE sql AS $$ SELECT $1.b $$',
      'a t',
      ['function f("a t")'],
    ],
    [
      'a function that reads it',
      'CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM log; END',
      'log',
      ['function f()'],
    ],
  ])('a table that %s uses is not dropped', async (_, sql, table, dependents) => {
    await withDatabase(server, async (session) => {
      await session.query(setup);
      await session.query(sql);
      const before = await postgresqlDialect.inspect(session);
      const drop = record((op) => op.dropTable(table));
      await expect(run(session, drop, before)).rejects.toMatchObject({
        code: 'OPERATION_NOT_SUPPORTED',
        message: `On PostgreSQL table "${table}" cannot be dropped: ${dependents.join(', ')} ${dependents.length > 1 ? 'use' : 'uses'} it.`,
        hint: expect.stringContaining(`Drop ${dependents.join(', ')} in a step before this one`),
        facts: { table, dependents },
      });
      await expect(session.query(`DROP TABLE "${table}"`)).rejects.toMatchObject({ code: '2BP01' });
    });
  });

  test('a table is dropped with all that goes with it', async () => {
    await withDatabase(server, async (session) => {
      await session.query(`${setup}
        CREATE VIEW other AS SELECT what FROM log;
        CREATE RULE r AS ON DELETE TO "a t" DO ALSO INSERT INTO log SELECT b FROM "a t";
        CREATE POLICY p ON "a t" USING (b <> (SELECT max(b) FROM "a t"));
        CREATE TRIGGER g AFTER UPDATE OF b ON "a t" FOR EACH ROW WHEN (NEW.b <> '') EXECUTE FUNCTION note();
        CREATE PUBLICATION all_of_it FOR TABLE "a t";
        CREATE TABLE child (b varchar(9) REFERENCES "a t" (b));
        CREATE POLICY q ON child USING (b IN (SELECT b FROM "a t"));`);
      const drop = record((op) => {
        op.dropTable('child');
        op.renameTable('a t', 'b t');
        op.dropTable('b t');
      });
      await run(session, drop, await postgresqlDialect.inspect(session));
      expect((await postgresqlDialect.inspect(session)).tables.map((each) => each.name)).toEqual(['log']);
    });
  });

  test('what another table has goes with it, and is named where that one stays', async () => {
    await withDatabase(server, async (session) => {
      await session.query(`${setup}
        CREATE POLICY p ON log USING (what IN (SELECT b FROM "a t"));
        CREATE RULE r AS ON DELETE TO log DO ALSO UPDATE "a t" SET b = 'x' WHERE b = OLD.what;`);
      const before = await postgresqlDialect.inspect(session);
      const failure: unknown = await run(session, record(drop), before).catch((error: unknown) => error);
      expect(postgresqlDialect.translateError(failure, 'db')).toMatchObject({
        code: 'OPERATION_NOT_SUPPORTED',
        facts: { dependents: ['policy p on table log', 'rule r on table log'] },
      });
      const both = record((op) => {
        op.dropTable('log');
        drop(op);
      });
      await run(session, both, before);
    });
  });

  test('what follows a column by itself is in nobody’s way', async () => {
    await withDatabase(server, async (session) => {
      await session.query(`${setup}
        CREATE VIEW other AS SELECT c FROM "a t";
        CREATE TRIGGER every AFTER INSERT ON "a t" FOR EACH ROW EXECUTE FUNCTION note();
        CREATE STATISTICS s ON b, c FROM "a t";
        CREATE TABLE child (b varchar(9) REFERENCES "a t" (b));`);
      const before = await postgresqlDialect.inspect(session);
      await run(session, record(widen), before);
      const { rows } = await session.query('SELECT b, c FROM "a t"');
      expect(rows).toEqual([{ b: 'x', c: 2 }]);
    });
  });

  test('a column is dropped with the computed one that rests on it, and a view made again around a change', async () => {
    await withDatabase(server, async (session) => {
      await session.query(`${setup} ALTER TABLE "a t" ADD COLUMN g text GENERATED ALWAYS AS (b) STORED`);
      const change = record((op) => {
        op.dropColumn('a t', 'g');
        widen(op);
        op.renameColumn('a t', 'b', 'g');
        op.dropColumn('a t', 'g');
      });
      await run(session, change, await postgresqlDialect.inspect(session));
    });
  });
});
