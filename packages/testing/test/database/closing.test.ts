import { Event } from '@freshmaker/models';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { createTestDatabase, describeEngines, type EngineName } from '../../src/index.ts';

/** What a test may leave that it does not wait for, on a database whose connection is not even open. */
const left: readonly [what: string, leave: (em: () => SqlEntityManager) => Promise<unknown>[]][] = [
  ['a query', (em) => [em().find(Event, {})]],
  ['more queries than connections', (em) => Array.from({ length: 20 }, () => em().find(Event, {}))],
  ['the begin of a transaction', (em) => [em().begin()]],
  [
    'a transaction that goes on',
    (em) => [
      em().transactional(async (inner) => {
        await inner.count(Event);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await inner.count(Event);
      }),
    ],
  ],
  [
    'a connection that the server has ended, with its transaction',
    (em) => {
      const own = em();
      const killed = async () => {
        await own.begin();
        await own.execute('SELECT pg_terminate_backend(pg_backend_pid())');
      };
      return [killed()];
    },
  ],
];

/** A database that waits for a connection for ever would do so longer, in milliseconds. */
const limit = 30_000;

const suite = ({ engine }: { readonly engine: EngineName }) => {
  describe.each(['reset', 'transaction'] as const)('%s', (isolation) => {
    const possible = left.filter(([what]) => engine === 'postgresql' || !what.includes('the server'));
    test.each(possible)(
      '%s',
      async (_, leave) => {
        const db = await createTestDatabase({ engine, isolation });
        const promises = leave(() => db.em());
        const settled = Promise.allSettled(promises);
        await db[Symbol.asyncDispose]();
        expect(await settled).toHaveLength(promises.length);
        await using next = await createTestDatabase({ engine, isolation });
        expect(await next.em().count(Event)).toBe(0);
      },
      limit,
    );
  });
};

// PGlite has no connections to wait for.
describeEngines('a database is closed that is left with', suite, ['sqlite', 'postgresql']);
