import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import type { Session } from '../../src/driver/driver.ts';
import { withDatabase } from './database.ts';
import { inspected, table } from './inspected.ts';

describe.each(postgresqlServers())('$name', (server) => {
  test('partitioned tables are tables, partitions are not; heirs are named', async () => {
    const schema = await inspected(
      server,
      `CREATE TABLE a (x integer, y integer, PRIMARY KEY (x)) PARTITION BY RANGE (x);
       CREATE TABLE a_1 PARTITION OF a FOR VALUES FROM (0) TO (10);
       CREATE INDEX idx ON a (y);
       CREATE TABLE parent (x integer);
       CREATE TABLE child (y integer) INHERITS (parent)`,
    );
    expect(schema.tables.map((each) => each.name)).toEqual(['a', 'parent', 'child']);
    expect(table(schema).indexes.map((each) => each.name)).toEqual(['idx']);
    expect(table(schema, 'child').opaque).toMatch(/inherits/);
  });

  test("only the current schema's own: not other schemas', not an extension's, not what is excluded", async () => {
    await withDatabase(server, async (session) => {
      await session.query('CREATE TABLE outside (x integer)');
      await session.query('CREATE SCHEMA "My Schema"');
      await session.query('SET search_path = missing, "My Schema", public');
      await session.query(`CREATE TYPE mood AS ENUM ('x')`);
      await session.query('CREATE TABLE a (m mood)');
      await session.query('CREATE TABLE alembic_version (version_num varchar(32))');
      await session.query('CREATE TEMPORARY TABLE passing (x integer)');
      await asExtension(session, 'a');
      await session.query('CREATE TABLE b (m mood)');
      await session.query('CREATE VIEW v AS SELECT * FROM b');
      await session.query(
        'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
      );
      await session.query('CREATE TRIGGER g BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION f()');
      const schema = await postgresqlDialect.inspect(session, {
        exclude: (name) => name === 'alembic_version',
      });
      expect(schema).toMatchObject({
        tables: [{ name: 'b' }],
        enums: [{ name: 'mood' }],
        views: [{ name: 'v' }],
        triggers: [{ name: 'g', table: 'b' }],
      });
    });
  });

  test('it asks as often for a hundred tables as for one, and writes nothing', async () => {
    await withDatabase(server, async (session) => {
      for (let number = 0; number < 100; number++)
        await session.query(
          `CREATE TABLE t${number} (id serial PRIMARY KEY, x integer UNIQUE CHECK (x > 0))`,
        );
      let asked = 0;
      const counting: Session = {
        kysely: () => session.kysely(),
        queryInTurn: (statements) => session.queryInTurn(statements),
        query: (text, parameters) => {
          asked++;
          return session.query(text, parameters);
        },
      };
      await session.query('BEGIN READ ONLY');
      const schema = await postgresqlDialect.inspect(counting);
      await session.query('COMMIT');
      expect(schema.tables).toHaveLength(100);
      expect(asked).toBe(7);
    });
  });
});

/** Gives a table to an extension, as if it had made it. */
async function asExtension(session: Session, name: string): Promise<void> {
  await session.query(`ALTER EXTENSION plpgsql ADD TABLE ${name}`);
}
