import type { Kysely } from 'kysely';
import type { Driver, Session } from '../src/driver/driver.ts';
import { KyselyDriver } from '../src/driver/kysely-driver.ts';
import { engines, type Place, sqlite } from './runtime/place.ts';

/** Sessions of a connection that the migrator opens, and of one that somebody else has opened. */
const kinds = engines.flatMap((engine) => [
  { name: `${engine.name}, opened by us`, engine, lend: (place: Place) => place.driver },
  { name: `${engine.name}, opened by somebody else`, engine, lend: throughKysely },
]);

function throughKysely({ driver }: Place): Pick<Driver, 'withSession'> {
  return {
    withSession: (work) =>
      driver.withSession(async (session) => {
        const kysely = await session.kysely();
        return new KyselyDriver(driver.dialect, '', async () => kysely).withSession(work);
      }),
  };
}

interface Tables {
  t: { a: number };
}

describe.each(kinds)('A session of $name', ({ engine, lend }: Omit<(typeof kinds)[number], 'name'>) => {
  async function use(work: (session: Session, kysely: () => Promise<Kysely<Tables>>) => Promise<void>) {
    await using place = await engine.open();
    await place.query('CREATE TABLE t (a INTEGER)');
    await lend(place).withSession((session) =>
      work(session, async () => (await session.kysely()) as Kysely<Tables>),
    );
  }

  const placeholder = engine.dialect === 'sqlite' ? '?' : '$1';
  const rowsOf = async (session: Session) => (await session.query('SELECT a FROM t ORDER BY a')).rows;

  test('tells how many rows a statement has changed, before data steps and behind', async () => {
    await use(async (session, kysely) => {
      for (const _ of ['before', 'behind']) {
        const affected = async (sql: string, parameters?: readonly unknown[]) =>
          (await session.query(sql, parameters)).affected;
        expect(await affected('INSERT INTO t VALUES (1), (2)')).toBe(2);
        expect(await affected(`UPDATE t SET a = 3 WHERE a = ${placeholder}`, [2])).toBe(1);
        expect(await affected('SELECT * FROM t')).toBe(0);
        expect(await affected('DELETE FROM t')).toBe(2);
        expect(await affected('DELETE FROM t')).toBe(0);
        await kysely();
      }
    });
  });

  test('runs what a data step did not wait for before what it is asked next', async () => {
    await use(async (session, kysely) => {
      const db = await kysely();
      const queries = [1, 2, 3].map((a) => db.insertInto('t').values({ a }).execute());
      expect(await rowsOf(session)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
      await Promise.all(queries);
    });
  });

  test('runs statements in turn, up to the first that fails, and gives what the last one gave', async () => {
    await use(async (session) => {
      const statements = ['BEGIN', 'INSERT INTO t VALUES (1)', 'SELECT a FROM t'];
      expect(await session.queryInTurn(statements)).toEqual({ rows: [{ a: 1 }], affected: 0 });
      expect(await session.queryInTurn(['UPDATE t SET a = 2'])).toEqual({ rows: [], affected: 1 });
      await session.query('COMMIT');
      await expect(
        session.queryInTurn(['BEGIN', 'DELETE FROM t', 'SELECT missing FROM t', 'COMMIT']),
      ).rejects.toThrow(/missing/);
      await session.query('ROLLBACK');
      expect(await rowsOf(session)).toEqual([{ a: 2 }]);
    });
  });
});

test.each(engines.filter(({ dialect }) => dialect === 'postgresql'))(
  'On $name, statements in turn are one message',
  async (engine) => {
    await using place = await engine.open();
    await place.driver.withSession(async (session) => {
      // Source: PostgreSQL's documentation, "Date/Time Functions": when the latest message of the client came.
      const { rows } = await session.queryInTurn([
        'CREATE TEMPORARY TABLE seen AS SELECT statement_timestamp() AS at',
        'SELECT at = statement_timestamp() AS once FROM seen',
      ]);
      expect(rows).toEqual([{ once: true }]);
    });
  },
);

test('There is one connection to a SQLite file: who wants it next waits, and gets it though the one before failed', async () => {
  await using place = await sqlite.open();
  const order: string[] = [];
  const use = (name: string) =>
    place.driver.withSession(async (session) => {
      for (const end of ['begins', 'ends']) {
        await session.query('SELECT 1');
        order.push(`${name} ${end}`);
      }
      if (name === 'first') throw new Error('It failed.');
    });
  await Promise.allSettled([use('first'), use('second'), use('third')]);
  expect(order).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
