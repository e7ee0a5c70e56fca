export * from './engine.ts';
export { entitySchema } from './mikro-orm/entity-schema.ts';
export { RevisionMigrator } from './mikro-orm/revision-migrator.ts';
export type { RevisionMigrationsOptions } from './mikro-orm/script-locations.ts';
export { skippedTables } from './mikro-orm/skipped-tables.ts';
