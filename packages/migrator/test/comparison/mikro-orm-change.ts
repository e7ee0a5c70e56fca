import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Migration, Migrator } from '@mikro-orm/migrations';
import type { AbstractSqlPlatform } from '@mikro-orm/sql';
import { MikroORM } from '@mikro-orm/sqlite';
import type { Schema } from '../../src/schema/schema.ts';
import { ormSchema } from './mikro-orm-schema.ts';

/** What MikroORM made of a database, and the error it gave up with. */
export interface OrmResult {
  readonly database: Buffer;
  readonly error: string | null;
}

/**
 * Lets MikroORM write and run the migration between two schemas: `migration:create`, then `migration:up`, with its
 * own comparison, SQL and transactions, by its defaults. Only where the schemas come from is replaced: the one
 * before is read from its snapshot file else, the one after from entities.
 *
 * @param database the database to change, as `serialize()` gives it.
 */
export async function changeByMikroOrm(database: Buffer, before: Schema, after: Schema): Promise<OrmResult> {
  const folder = mkdtempSync(join(tmpdir(), 'mikro-orm-'));
  const file = join(folder, 'app.sqlite');
  writeFileSync(file, database);
  try {
    const error = await migrate(file, folder, before, after);
    return { database: readFileSync(file), error };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function migrate(file: string, folder: string, before: Schema, after: Schema): Promise<string | null> {
  let statements: readonly string[] = [];
  class Change extends Migration {
    override up(): void {
      for (const statement of statements) this.addSql(statement);
    }
  }
  const orm = await MikroORM.init({
    dbName: file,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: [{ name: 'Change', class: Change }], silent: true, snapshot: false },
  });
  try {
    const platform = orm.em.getPlatform() as AbstractSqlPlatform;
    const migrator = Object.assign(orm.migrator, {
      getSchemaFromSnapshot: () => ormSchema(before, platform),
    });
    Object.assign(orm.schema, { getTargetSchema: () => ormSchema(after, platform) });
    const { diff } = await migrator.create(folder);
    statements = diff.up.filter((statement) => statement !== '');
    await migrator.up();
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await orm.close(true);
  }
}
