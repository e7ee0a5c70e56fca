import type { MikroORM } from '@mikro-orm/core';

/**
 * The tables that MikroORM leaves out when it compares entities with a database: the one of its own migrator, and those of
 * the option `schemaGenerator.skipTables`. For the `exclude` of {@link TablePatterns}.
 *
 * @param orm need not be connected.
 * @returns expressions for names within the ORM's own PostgreSQL schema; MikroORM takes no notice of capitals.
 */
export function skippedTables({ config, em }: MikroORM): readonly RegExp[] {
  const schema = config.get('schema') ?? em.getPlatform().getDefaultSchemaName();
  const { tableName } = config.get('migrations');
  // MikroORM's defaults hold a name.
  const names = [tableName as string, ...(config.get('schemaGenerator').skipTables ?? [])];
  return names.flatMap((name) => {
    if (typeof name !== 'string') return [name];
    const [table = '', of = schema] = name.split('.').reverse();
    return schema === undefined || of === schema ? [exactly(table)] : [];
  });
}

function exactly(name: string): RegExp {
  return new RegExp(`^${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`, 'iu');
}
