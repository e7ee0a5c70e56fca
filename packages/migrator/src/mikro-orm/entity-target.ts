import type { EntityProperty, MikroORM, Options } from '@mikro-orm/core';
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

class SqliteDescription extends AbstractSqlDriver<NoConnection> {
  constructor(config: Configuration) {
    super(config, new SqlitePlatform(), NoConnection, []);
  }
}

/** The entities as MikroORM would create them on PostgreSQL, which need not be the database of this ORM. */
export function postgresqlTarget(orm: MikroORM): EntityTarget {
  const described = isPostgresql(orm) ? orm : describedFor(orm, PostgresqlDescription);
  const schema = targetOf(described);
  return {
    schema,
    schemaName:
      described.config.get('schema') ?? described.em.getPlatform().getDefaultSchemaName() ?? 'public',
    namedUniques: namedUniques(described),
  };
}

/** The same on SQLite, worked out when it is first asked for. */
export function sqliteTarget(orm: MikroORM): { tables(): ReadonlyMap<string, DatabaseTable> } {
  let tables: ReadonlyMap<string, DatabaseTable> | undefined;
  return {
    tables: () => {
      const described = isSqlite(orm) ? orm : describedFor(orm, SqliteDescription);
      tables ??= new Map(
        targetOf(described)
          .getTables()
          .map((table) => [table.name, table]),
      );
      return tables;
    },
  };
}

function isPostgresql(orm: MikroORM): boolean {
  return orm.em.getPlatform() instanceof BasePostgreSqlPlatform;
}

function isSqlite(orm: MikroORM): boolean {
  return orm.em.getPlatform() instanceof SqlitePlatform;
}

function targetOf(orm: MikroORM): DatabaseSchema {
  return new SqlSchemaGenerator(orm.em as SqlEntityManager).getTargetSchema();
}

/** Another ORM on the same entities, for a database that is not there. */
function describedFor(orm: MikroORM, driver: typeof PostgresqlDescription): MikroORM {
  const { namingStrategy, discovery, schemaGenerator, embeddables, metadataProvider, filters } =
    orm.config.getAll();
  return new SqlMikroORM({
    driver,
    dbName: 'described',
    entities: entitiesOf(orm),
    namingStrategy,
    // `MikroORM.init` discovers by itself, and says so here; this one is made without it.
    discovery: { ...discovery, skipSyncDiscovery: false },
    schemaGenerator,
    embeddables,
    metadataProvider,
    filters,
    metadataCache: { enabled: false },
  } as unknown as ConstructorParameters<typeof SqlMikroORM>[0]) as unknown as MikroORM;
}

/** What was configured, where that is classes or schemas; what was discovered, where it is paths of files. */
function entitiesOf(orm: MikroORM): NonNullable<Options['entities']> {
  const configured = orm.config.get('entities');
  if (configured.length > 0 && configured.every((each) => typeof each !== 'string')) return configured;
  return [...orm.getMetadata().getAll().values()]
    .filter((meta) => !meta.pivotTable)
    .map((meta) => meta.class) as NonNullable<Options['entities']>;
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
