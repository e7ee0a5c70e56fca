import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { blockersOf, usersOfTable } from '../../src/dialects/postgresql/lock.ts';
import type { Session } from '../../src/driver/driver.ts';
import { withDatabase, withSession } from './database.ts';

const { transaction } = postgresqlDialect;
const options = { foreignKeysOff: false, lockTimeoutMs: 200, warn: () => {} };

async function pidOf(session: Session): Promise<number> {
  const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

describe.each(postgresqlServers())('$name', (server) => {
  test('one transaction at a time holds the lock, and says who it is', async () => {
    await withDatabase(server, (first, url) =>
      withSession(`${url}&application_name=second`, async (second) => {
        const open = await transaction.tryBegin(first, options);
        expect(open).not.toBeNull();
        expect(await transaction.tryBegin(second, options)).toBeNull();
        expect(await transaction.lockHolder(second)).toMatchObject({
          pid: await pidOf(first),
          host: expect.any(String),
          since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        });
        expect(await transaction.lockHolder(first)).toBeNull();
        await open?.commit();

        expect(await transaction.lockHolder(second)).toBeNull();
        const next = await transaction.tryBegin(second, options);
        expect(await transaction.lockHolder(first)).toMatchObject({
          application: expect.stringContaining('second'),
        });
        await next?.rollback();
        const again = await transaction.tryBegin(first, options);
        expect(again).not.toBeNull();
        await again?.rollback();
      }),
    );
  });

  test('what was done is kept by commit and undone by rollback', async () => {
    await withDatabase(server, async (session) => {
      const exists = async (name: string) =>
        (await session.query('SELECT to_regclass($1)::text AS name', [name])).rows[0]?.name;
      const first = await transaction.tryBegin(session, options);
      await session.query('CREATE TABLE kept (a integer)');
      await first?.commit();
      const second = await transaction.tryBegin(session, options);
      await session.query('CREATE TABLE gone (a integer)');
      await expect(session.query('SELECT broken')).rejects.toThrow();
      await second?.rollback();
      expect([await exists('kept'), await exists('gone')]).toEqual(['kept', null]);
    });
  });

  test('a lost connection lets the lock go, and rolling back then is no error', async () => {
    await withDatabase(server, (_, url) =>
      withSession(url, async (other) => {
        await withSession(url, async (lost) => {
          const open = await transaction.tryBegin(lost, options);
          const pid = await pidOf(lost);
          await other.query('SELECT pg_terminate_backend($1)', [pid]);
          await expect(lost.query('SELECT 1')).rejects.toThrow();
          await open?.rollback();
        });
        const next = await transaction.tryBegin(other, options);
        expect(next).not.toBeNull();
        await next?.rollback();
      }),
    );
  });

  test('waiting for a table ends, and the sessions in the way are named', async () => {
    await withDatabase(server, (migrator, url) =>
      withSession(`${url}&application_name=reader`, (reader) =>
        withSession(url, async (observer) => {
          await migrator.query('CREATE TABLE "a Table" (b integer)');
          await reader.query('BEGIN');
          await reader.query('SELECT * FROM "a Table"');
          const reading = { pid: await pidOf(reader), application: 'reader' };
          const waiting = await pidOf(migrator);

          const open = await transaction.tryBegin(migrator, { ...options, lockTimeoutMs: 500 });
          const failure = migrator
            .query('ALTER TABLE "a Table" ADD COLUMN c integer')
            .catch((error: unknown) => postgresqlDialect.translateError(error, 'db'));
          let blockers = await blockersOf(observer, waiting);
          while (blockers.length === 0) blockers = await blockersOf(observer, waiting);
          expect(blockers).toEqual([expect.objectContaining(reading)]);
          expect(await failure).toMatchObject({ code: 'LOCK_TIMEOUT' });
          await open?.rollback();
          expect(await usersOfTable(migrator, 'a Table')).toEqual([expect.objectContaining(reading)]);
          await reader.query('ROLLBACK');
          expect(await usersOfTable(migrator, 'a Table')).toEqual([]);
        }),
      ),
    );
  });

  test('not to wait means hardly to wait, never for ever', async () => {
    await withDatabase(server, (migrator, url) =>
      withSession(url, async (reader) => {
        await migrator.query('CREATE TABLE a (b integer)');
        await reader.query('BEGIN');
        await reader.query('LOCK TABLE a');
        const open = await transaction.tryBegin(migrator, { ...options, lockTimeoutMs: 0 });
        await expect(migrator.query('SELECT * FROM a')).rejects.toMatchObject({ code: '55P03' });
        await open?.rollback();
      }),
    );
  });
});
