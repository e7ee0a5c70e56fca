import type { ScriptLocations } from '@freshmaker/migrator/engine';
import { type DatabaseOptions, resolveDatabaseOptions } from '@freshmaker/models';
import { migrationsDirectory } from '@freshmaker/models/migrations';
import type { EntityClass, EntitySchema } from '@mikro-orm/core';
import type { EngineName } from '../engines/engine.ts';
import { TestingError } from '../error.ts';
import type { Environment } from '../outside/outside-world.ts';
import type { DriverClass } from './instrumented-driver.ts';

/** Entities as MikroORM's option takes them: classes, schemas, or paths of modules. */
export type Entities = readonly (string | EntityClass | EntitySchema)[];

/** Whose database it is. Freshmaker's when nothing is given. */
export interface ProjectOptions {
  /** The entities; Freshmaker's by default. */
  readonly entities?: Entities;
  /** The migrations directory (the folder that holds `versions/`); Freshmaker's by default, none with entities of one's own. */
  readonly migrations?: string | ScriptLocations;
  /**
   * MikroORM options beside entities and database: naming strategy, subscribers, filters and so on. As a function they are
   * given the world outside, to be handed to the project's own code.
   */
  readonly orm?: DatabaseOptions | ((environment: Environment) => DatabaseOptions | Promise<DatabaseOptions>);
}

/** Where a project's scripts are; undefined when it has none. */
export function scriptsOf({ entities, migrations }: ProjectOptions): ScriptLocations | undefined {
  if (migrations !== undefined) {
    return typeof migrations === 'string' ? { directory: migrations } : migrations;
  }
  return entities === undefined ? { directory: migrationsDirectory } : undefined;
}

/** MikroORM's options for a project on an engine, whose database is still to be named. */
export async function ormOptionsOf(
  project: ProjectOptions,
  engine: EngineName,
  environment: Environment,
): Promise<DatabaseOptions & { readonly driver: DriverClass }> {
  const own = typeof project.orm === 'function' ? await project.orm(environment) : project.orm;
  const base = project.entities === undefined ? await freshmakerOptions(engine, environment) : {};
  const entities = project.entities && { entities: [...project.entities] as DatabaseOptions['entities'] };
  const driver = own?.driver ?? (engine === 'pglite' ? undefined : base.driver) ?? (await driverOf(engine));
  return {
    ...base,
    ...entities,
    ...own,
    driver: driver as DriverClass,
    dbName: engine === 'sqlite' ? ':memory:' : 'test',
    // It is there; asking whether it is would cost as much as all else.
    ensureDatabase: false,
  };
}

function freshmakerOptions(engine: EngineName, environment: Environment): Promise<DatabaseOptions> {
  const url = engine === 'sqlite' ? 'sqlite://' : 'postgresql://test@localhost/test?sslmode=disable';
  return resolveDatabaseOptions(url, { environment });
}

async function driverOf(engine: EngineName): Promise<unknown> {
  switch (engine) {
    case 'sqlite':
      return (await import('@mikro-orm/sqlite')).SqliteDriver;
    case 'postgresql':
      return (await import('@mikro-orm/postgresql')).PostgreSqlDriver;
    case 'pglite':
      return (await importPgliteDriver()).PgliteDriver;
  }
}

async function importPgliteDriver(): Promise<typeof import('@mikro-orm/pglite')> {
  try {
    return await import('@mikro-orm/pglite');
  } catch (cause) {
    throw new TestingError(
      'PGLITE_NOT_INSTALLED',
      "MikroORM's driver for PGlite is not installed.",
      'Install it: npm install --save-dev --save-exact @mikro-orm/pglite@7.2.1 @electric-sql/pglite@0.5.8',
      { cause },
    );
  }
}
