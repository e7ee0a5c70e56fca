import type { KyselyPlugin } from 'kysely';
import type { Driver, Session } from '../../src/driver/driver.ts';

/** Before these nothing is different from what it was after the statement before: they only read. */
const reading = /^\s*(?:SELECT|SHOW|PRAGMA \w+$)/i;

/**
 * A driver that calls before every statement that may change something, the ones that begin and end a transaction, write the
 * version row or a checkpoint, and those of data steps included. What `boundary` throws is thrown instead of running it.
 */
export function withBoundaries(driver: Driver, boundary: () => void): Driver {
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (node.kind !== 'SelectQueryNode') boundary();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const watched = (session: Session): Session => ({
    query: async (sql, parameters) => {
      if (!reading.test(sql)) boundary();
      return session.query(sql, parameters);
    },
    queryInTurn: async (statements) => {
      boundary();
      return session.queryInTurn(statements);
    },
    kysely: async () => (await session.kysely()).withPlugin(plugin),
  });
  return {
    dialect: driver.dialect,
    description: driver.description,
    exists: () => driver.exists(),
    create: () => driver.create(),
    withSession: (work) => driver.withSession((session) => work(watched(session))),
    close: () => driver.close(),
  };
}
