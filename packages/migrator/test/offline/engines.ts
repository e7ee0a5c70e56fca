import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lendDatabase } from '../../../../tooling/jest/lend-database.ts';
import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { dialectOf } from '../../src/dialects/dialect-of.ts';
import type { DialectName, Driver } from '../../src/driver/driver.ts';
import { openDriver } from '../../src/runtime/open-driver.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { splitStatements } from '../../src/schema/split-statements.ts';

/** A database of a test's own, and a way to feed it a whole text of SQL as a shell would. */
export interface ShellDatabase {
  readonly driver: Driver;
  feed(sql: string): Promise<void>;
  inspect(): Promise<Schema>;
  /** All rows of all tables, in the order of all their columns. */
  contents(): Promise<Readonly<Record<string, readonly unknown[]>>>;
}

export interface ShellEngine {
  readonly name: string;
  readonly dialect: DialectName;
  lend<Result>(work: (database: ShellDatabase) => Promise<Result>): Promise<Result>;
}

function shellDatabase(driver: Driver): ShellDatabase {
  const dialect = dialectOf(driver.dialect);
  const inspect = () => driver.withSession((session) => dialect.inspect(session));
  return {
    driver,
    inspect,
    feed: (sql) =>
      driver.withSession(async (session) => {
        // As the shells do it, one statement after the other; in the printed SQL an empty line follows each.
        const statements = driver.dialect === 'sqlite' ? splitStatements(sql) : sql.split(';\n\n');
        for (const statement of statements) await session.query(statement);
      }),
    contents: async () => {
      const { tables } = await inspect();
      return driver.withSession(async (session) => {
        const contents: Record<string, readonly unknown[]> = {};
        for (const { name, columns } of tables.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
          const order = columns.map((_, at) => at + 1).join(', ');
          const { rows } = await session.query(
            `SELECT * FROM ${dialect.quoteIdentifier(name)} ORDER BY ${order}`,
          );
          contents[name] = rows;
        }
        return contents;
      });
    },
  };
}

const sqlite: ShellEngine = {
  name: 'sqlite',
  dialect: 'sqlite',
  async lend(work) {
    const folder = mkdtempSync(join(tmpdir(), 'freshmaker-offline-'));
    const driver = openDriver({ dialect: 'sqlite', path: join(folder, 'test.db') });
    try {
      return await work(shellDatabase(driver));
    } finally {
      await driver.close();
      rmSync(folder, { recursive: true });
    }
  },
};

export const shellEngines: readonly ShellEngine[] = [
  sqlite,
  ...postgresqlServers().map(
    (server): ShellEngine => ({
      name: server.name,
      dialect: 'postgresql',
      async lend(work) {
        await using database = await lendDatabase(server);
        const url = new URL(database.url);
        const driver = openDriver({
          dialect: 'postgresql',
          host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
          port: Number(url.port || url.searchParams.get('port') || 5432),
          user: decodeURIComponent(url.username) || url.searchParams.get('user') || undefined,
          password: decodeURIComponent(url.password) || undefined,
          database: decodeURIComponent(url.pathname.slice(1)),
        });
        try {
          return await work(shellDatabase(driver));
        } finally {
          await driver.close();
        }
      },
    }),
  ),
];
