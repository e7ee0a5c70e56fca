export * from './engine.ts';
export { type EntityModels, entityModels } from './mikro-orm/entity-models.ts';
export { entitySchema } from './mikro-orm/entity-schema.ts';
export { RevisionMigrator } from './mikro-orm/revision-migrator.ts';
export type { RevisionMigrationsOptions } from './mikro-orm/script-locations.ts';
