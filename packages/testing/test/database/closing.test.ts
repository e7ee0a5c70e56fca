import { execFileSync } from 'node:child_process';
import { Event } from '@freshmaker/models';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { createTestDatabase, describeEngines, type EngineName, engineNames } from '../../src/index.ts';

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

const index = JSON.stringify(import.meta.resolve('../../src/index.ts'));

/** Runs a script that must end by itself. */
function runScript(body: string): unknown {
  const script = `const { createTestDatabase } = await import(${index});\n${body}`;
  const arguments_ = ['--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, arguments_, { encoding: 'utf8', timeout: 60_000 }));
}

test.each(engineNames)('a process ends by itself on %s after a seed has failed', (engine) => {
  const said = runScript(`
    const seed = () => { throw new Error('no seed'); };
    const said = await createTestDatabase({ engine: '${engine}', seed }).catch(({ message }) => message);
    process.stdout.write(JSON.stringify(said));
  `);
  expect(said).toBe('no seed');
});

test('a connection to the server that is lost is made anew for the next database', () => {
  const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = 'postgres' AND application_name = 'mine'`;
  const answer = runScript(`
    process.env.PGAPPNAME = 'mine';
    const first = await createTestDatabase({ engine: 'postgresql' });
    await first.em().execute(${JSON.stringify(others)});
    const lost = await first[Symbol.asyncDispose]().then(() => 'nothing', ({ message }) => message);
    await using second = await createTestDatabase({ engine: 'postgresql' });
    const { id } = await second.factories().event();
    process.stdout.write(JSON.stringify({ lost, id }));
  `);
  expect(answer).toEqual({ lost: expect.stringMatching(/connection/i), id: 1 });
});
