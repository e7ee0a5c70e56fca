import {
  type CompiledQuery,
  type DatabaseConnection,
  DummyDriver,
  Kysely,
  type Dialect as KyselyDialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { DialectName } from '../driver/driver.ts';

/** Thrown into a data step that looks at a result, where there is no database to have one. */
class ResultIsNeeded extends Error {
  constructor() {
    super('A data step reads rows, and there is no database to read them from.');
    this.name = 'ResultIsNeeded';
  }
}

export interface QueryRecorder {
  /** Takes queries and keeps them, in order, instead of sending them anywhere. */
  readonly kysely: Kysely<unknown>;
  readonly queries: readonly CompiledQuery[];
  /** Whether anybody has looked at a result, also where the error that followed was caught. */
  readonly needsResult: boolean;
  /** Says that a result is needed. */
  needResult(): never;
}

/**
 * A Kysely without a database. Its queries may be printed as long as nobody looks at what they answer: a result's rows
 * and counts throw when they are touched.
 */
export function createQueryRecorder(dialect: DialectName): QueryRecorder {
  const queries: CompiledQuery[] = [];
  const state = { needsResult: false };
  const needResult = (): never => {
    state.needsResult = true;
    throw new ResultIsNeeded();
  };
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      queries.push(query);
      return {
        rows: untouchable<Row[]>([], needResult),
        numAffectedRows: untouchable<bigint>(Object(0n), needResult),
      };
    },
    // biome-ignore lint/correctness/useYield: there is nothing to yield.
    async *streamQuery() {
      needResult();
    },
  };
  return {
    kysely: new Kysely({ dialect: recordingDialect(dialect, connection) }),
    queries,
    get needsResult() {
      return state.needsResult;
    },
    needResult,
  };
}

/** An object that throws when anything of it is looked at; only a promise may ask whether it is one. */
function untouchable<Value>(target: object, touched: () => never): Value {
  return new Proxy(target, {
    get: (_, property) => (property === 'then' ? undefined : touched()),
    has: touched,
    ownKeys: touched,
  }) as Value;
}

function recordingDialect(name: DialectName, connection: DatabaseConnection): KyselyDialect {
  class RecordingDriver extends DummyDriver {
    override async acquireConnection(): Promise<DatabaseConnection> {
      return connection;
    }
  }
  return name === 'sqlite'
    ? {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new RecordingDriver(),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      }
    : {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new RecordingDriver(),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      };
}
