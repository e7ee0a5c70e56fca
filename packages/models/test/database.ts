import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MikroORM, SqlEntityManager } from '@mikro-orm/sql';
import { lendDatabase } from '../../../tooling/jest/lend-database.ts';
import { postgresqlServers } from '../../../tooling/jest/postgresql.ts';
import { connect } from '../src/connect.ts';
import { clearDatabase } from '../src/domain/clear-database.ts';
import { User } from '../src/entities/user.ts';
import { Recorder } from './recorder.ts';

// @freshmaker/testing is built on this package, which therefore makes the databases of its own tests itself.

/** An engine that every test of behaviour runs on; for `describe.each(engines)('… on $name', …)`. */
export interface Engine {
  readonly name: string;
  readonly dialect: 'sqlite' | 'postgresql';
  /** A new, empty database and the way to drop it. */
  create(): Promise<{ readonly url: string; drop(): Promise<void> }>;
}

export const engines: readonly Engine[] = [
  { name: 'sqlite', dialect: 'sqlite', create: createSqliteFile },
  ...postgresqlServers().map(
    (server): Engine => ({
      name: server.name,
      dialect: 'postgresql',
      create: () => lendDatabase(server),
    }),
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
export class TestDatabase {
  readonly url: string;
  readonly orm: MikroORM;
  readonly recorder: Recorder;
  readonly #engine: Engine;
  readonly #drop: () => Promise<void>;

  constructor(engine: Engine, url: string, orm: MikroORM, recorder: Recorder, drop: () => Promise<void>) {
    this.#engine = engine;
    this.url = url;
    this.orm = orm;
    this.recorder = recorder;
    this.#drop = drop;
  }

  /** A new unit of work. */
  em(): SqlEntityManager {
    return this.orm.em.fork() as SqlEntityManager;
  }

  /** Another connection to the same database, as a second process would have. */
  async connectAgain(): Promise<MikroORM> {
    return connect({ databaseUrl: this.url, environment: this.recorder.environment });
  }

  /** The number of statements that work on a new unit of work takes, transaction control not counted. */
  async countStatements(work: (em: SqlEntityManager) => Promise<unknown>): Promise<number> {
    const statements: string[] = [];
    const logger = this.orm.config.getLogger();
    const logQuery = logger.logQuery.bind(logger);
    logger.logQuery = ({ query = '' }) => void statements.push(query);
    try {
      await work(this.em());
    } finally {
      logger.logQuery = logQuery;
    }
    return statements.filter((sql) => !/^(begin|commit|rollback|savepoint|release)\b/i.test(sql)).length;
  }

  /** Back to what every vector starts from: no rows but user `tester1`, ids from 1, nothing recorded. */
  async reset(): Promise<void> {
    const em = this.em();
    if (this.#engine.dialect === 'postgresql') {
      await em.execute(
        'truncate users, events, event_dependencies, artifact_builds, artifact_build_composes, composes restart identity',
      );
    } else {
      await clearDatabase(em);
      await em.nativeDelete(User, {});
    }
    User.createUser(em, 'tester1');
    await em.flush();
    this.recorder.reset();
  }

  async close(): Promise<void> {
    await this.orm.close(true);
    await this.#drop();
  }
}

/** Connects to a new, empty database. */
export async function openEmpty(engine: Engine): Promise<TestDatabase> {
  const { url, drop } = await engine.create();
  const recorder = new Recorder();
  const orm = await connect({ databaseUrl: url, environment: recorder.environment });
  return new TestDatabase(engine, url, orm, recorder, drop);
}

/** Connects to a new database with the tables of the entities. */
export async function openDatabase(engine: Engine): Promise<TestDatabase> {
  const database = await openEmpty(engine);
  await database.orm.schema.create();
  return database;
}

/** Registers what a group of tests needs: a database for all of them, emptied before each. */
export function useDatabase(engine: Engine): { readonly current: TestDatabase } {
  const holder = { current: undefined as unknown as TestDatabase };
  beforeAll(async () => {
    holder.current = await openDatabase(engine);
  });
  beforeEach(() => holder.current.reset());
  afterAll(() => holder.current.close());
  return holder;
}
