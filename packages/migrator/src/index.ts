export * from './engine.ts';
export { entitySchema } from './mikro-orm/entity-schema.ts';
export { type RevisionMigrationsOptions, RevisionMigrator } from './mikro-orm/revision-migrator.ts';
