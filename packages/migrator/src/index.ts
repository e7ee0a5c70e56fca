export type { Generated, Kysely } from 'kysely';
export * from './errors.ts';
export type { BatchOperations } from './operations/operations.ts';
export { Operations } from './operations/operations.ts';
export type { RunContext, RunFunction } from './operations/run.ts';
export { check, column, foreignKey, primaryKey, unique } from './schema/builders.ts';
export { t } from './schema/data-type.ts';
export { sql } from './schema/expression.ts';
