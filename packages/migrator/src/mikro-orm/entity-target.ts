import { type EntityProperty, MetadataProvider, type MikroORM } from '@mikro-orm/core';
import {
  AbstractSqlConnection,
  AbstractSqlDriver,
  BasePostgreSqlPlatform,
  type Configuration,
  type DatabaseSchema,
  type DatabaseTable,
  type SqlEntityManager,
  SqlitePlatform,
  MikroORM as SqlMikroORM,
  SqlSchemaGenerator,
} from '@mikro-orm/sql';

/** What MikroORM would create for the entities on one database. */
export interface EntityTarget {
  readonly schema: DatabaseSchema;
  /** The PostgreSQL schema that counts. */
  readonly schemaName: string;
  /** `table\0name` of every unique whose name the entity gives. */
  readonly namedUniques: ReadonlySet<string>;
}

class NoConnection extends AbstractSqlConnection {
  override createKyselyDialect(): never {
    throw new Error('This ORM only describes a schema; it has no database.');
  }
}

class PostgresqlDescription extends AbstractSqlDriver<NoConnection> {
  constructor(config: Configuration) {
    super(config, new BasePostgreSqlPlatform(), NoConnection, []);
  }
}

/** Entities of a PostgreSQL project may ask for what SQLite has not: that need not be made there to be described. */
class LenientSqlitePlatform extends SqlitePlatform {
  override validateMetadata(): void {}
}

class SqliteDescription extends AbstractSqlDriver<NoConnection> {
  constructor(config: Configuration) {
    super(config, new LenientSqlitePlatform(), NoConnection, []);
  }
}

/** The entities as MikroORM would create them on PostgreSQL, which need not be the database of this ORM. */
export async function postgresqlTarget(orm: MikroORM): Promise<EntityTarget> {
  const isPostgresql = orm.em.getPlatform() instanceof BasePostgreSqlPlatform;
  const described = isPostgresql ? orm : await describedFor(orm, PostgresqlDescription);
  return {
    schema: targetOf(described),
    schemaName:
      described.config.get('schema') ?? described.em.getPlatform().getDefaultSchemaName() ?? 'public',
    namedUniques: namedUniques(described),
  };
}

/** Their tables as they would be on SQLite, by name. */
export async function sqliteTables(orm: MikroORM): Promise<ReadonlyMap<string, DatabaseTable>> {
  const isSqlite = orm.em.getPlatform() instanceof SqlitePlatform;
  const described = isSqlite ? orm : await describedFor(orm, SqliteDescription);
  return new Map(
    targetOf(described)
      .getTables()
      .map((table) => [table.name, table]),
  );
}

function targetOf(orm: MikroORM): DatabaseSchema {
  return new SqlSchemaGenerator(orm.em as SqlEntityManager).getTargetSchema();
}

/** Another ORM on the same entities, for a database that is not there. `init` connects to nothing. */
async function describedFor(orm: MikroORM, driver: typeof PostgresqlDescription): Promise<MikroORM> {
  const { baseDir, entities, entitiesTs, namingStrategy, discovery, schemaGenerator, embeddables } =
    orm.config.getAll();
  const { metadataProvider, filters, preferTs } = orm.config.getAll();
  const options = {
    driver,
    dbName: 'described',
    baseDir,
    entities,
    entitiesTs,
    preferTs,
    namingStrategy,
    // What `init` has set for its own ORM.
    discovery: { ...discovery, skipSyncDiscovery: undefined },
    schemaGenerator,
    embeddables,
    metadataProvider,
    filters,
    metadataCache: { enabled: false },
  };
  // `init` looks for extensions and for files besides, which takes most of its time.
  const described = isKnownAtOnce(orm)
    ? new SqlMikroORM(options as never)
    : await SqlMikroORM.init(options as never);
  return described as unknown as MikroORM;
}

/** Whether the entities are classes or schemas, none named by a path, and nothing that waits has a say in what they are. */
function isKnownAtOnce({ config }: MikroORM): boolean {
  const { entities, entitiesTs, discovery, metadataProvider } = config.getAll();
  const isNamed = [...entities, ...entitiesTs].some((entity) => typeof entity === 'string');
  const isAsked = discovery.onMetadata !== undefined || discovery.afterDiscovered !== undefined;
  return !isNamed && !isAsked && metadataProvider === MetadataProvider;
}

/** A name that a property or an entity gives to its index. */
function namedUniques(orm: MikroORM): Set<string> {
  const named = new Set<string>();
  for (const meta of orm.getMetadata().getAll().values()) {
    const names = [
      ...Object.values(meta.properties).map((property) => (property as EntityProperty).unique),
      ...meta.uniques.map((unique) => unique.name),
    ];
    for (const name of names) if (typeof name === 'string') named.add(`${meta.tableName}\0${name}`);
  }
  return named;
}
