import { createDatabase, postgresqlServers } from '../../../tooling/jest/postgresql.ts';
import { temporaryFolder } from './run-cli.ts';

/** An empty database of a test's own. */
export interface EngineDatabase extends AsyncDisposable {
  readonly url: string;
}

export interface Engine {
  readonly name: string;
  readonly dialect: 'sqlite' | 'postgresql';
  /** An empty database; on SQLite the file is not there yet. */
  create(): Promise<EngineDatabase>;
  /** The URL of a database that does not exist; what is made there is dropped in the end. */
  missing(): Promise<EngineDatabase>;
}

const sqlite: Engine = {
  name: 'sqlite',
  dialect: 'sqlite',
  async create() {
    const folder = temporaryFolder();
    return {
      url: `sqlite:///${folder.file('test.db')}`,
      [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
    };
  },
  missing: () => sqlite.create(),
};

/** Every engine the run has: SQLite files and the PostgreSQL servers. */
export function engines(): readonly Engine[] {
  return [
    sqlite,
    ...postgresqlServers().map((server): Engine => {
      const create = () => createDatabase(server);
      return {
        name: server.name,
        dialect: 'postgresql',
        create,
        async missing() {
          const database = await create();
          await database.drop();
          return database;
        },
      };
    }),
  ];
}
