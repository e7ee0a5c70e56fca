import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MikroORM, type SqlEntityManager } from '@mikro-orm/sql';
import { createDatabase, postgresqlServers } from '../../../tooling/jest/postgresql.ts';
import { resolveDatabaseOptions } from '../src/index.ts';

/** An engine that every test of behaviour runs on; for `describe.each(engines)('$name', …)`. */
export interface Engine {
  readonly name: string;
  readonly dialect: 'sqlite' | 'postgresql';
  /** A new, empty database and the way to drop it. */
  create(): Promise<{ readonly url: string; drop(): Promise<void> }>;
}

export const engines: readonly Engine[] = [
  { name: 'sqlite', dialect: 'sqlite', create: createSqliteFile },
  ...postgresqlServers().map(
    (server): Engine => ({ name: server.name, dialect: 'postgresql', create: () => createDatabase(server) }),
  ),
];

async function createSqliteFile(): Promise<{ url: string; drop(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'freshmaker-models-'));
  return {
    url: `sqlite:///${join(directory, 'test.db')}`,
    drop: async () => rmSync(directory, { recursive: true }),
  };
}

/** A connection to an empty database of one engine, without tables. */
export async function openEmpty(
  engine: Engine,
): Promise<{ orm: MikroORM; em(): SqlEntityManager; close(): Promise<void> }> {
  const { url, drop } = await engine.create();
  const orm = await MikroORM.init(await resolveDatabaseOptions(url));
  return {
    orm,
    em: () => orm.em.fork() as SqlEntityManager,
    close: async () => {
      await orm.close(true);
      await drop();
    },
  };
}
