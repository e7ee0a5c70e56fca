import type { MigrationRow } from '@mikro-orm/core';
import { MigrationStorage } from '@mikro-orm/migrations';
import { MigratorError } from '../errors.ts';
import type { AppliedMigration } from './applied-migrations.ts';

/**
 * MikroORM's view of the version table. The table holds current heads, not a row for each migration, so the list of
 * executed migrations is worked out from the graph, and rows are only written by running or stamping revisions.
 */
export class VersionStorage extends MigrationStorage {
  readonly #migrations: () => Promise<readonly AppliedMigration[]>;

  constructor(
    driver: ConstructorParameters<typeof MigrationStorage>[0],
    options: ConstructorParameters<typeof MigrationStorage>[1],
    migrations: () => Promise<readonly AppliedMigration[]>,
  ) {
    super(driver, options);
    this.#migrations = migrations;
  }

  override async executed(): Promise<string[]> {
    return (await this.#migrations()).map((each) => each.name);
  }

  override async getExecutedMigrations(): Promise<MigrationRow[]> {
    const applied = await this.#migrations();
    return applied.map((each, at) => ({ id: at + 1, name: each.name, executed_at: each.executedAt }));
  }

  override async logMigration(): Promise<void> {
    throw notOneByOne();
  }

  override async unlogMigration(): Promise<void> {
    throw notOneByOne();
  }

  /** The engine makes the table with the first revision it runs. */
  override async ensureTable(): Promise<void> {}
}

export function notOneByOne(): MigratorError {
  return new MigratorError(
    'OPERATION_NOT_SUPPORTED',
    'The version table holds current heads, not a row per migration.',
    {
      hint: 'Use `migrator.stamp(target)`, or `db stamp`, to say where a database is.',
    },
  );
}
