export { type CreateDatabaseOptions, createDatabase, databaseUrl, dropDatabase } from './database.ts';
export { PostgresqlServerError, type PostgresqlServerErrorCode } from './error.ts';
export type { ServerSettings } from './settings.ts';
export { type PostgresqlServer, type PostgresqlServerOptions, startPostgresqlServer } from './start.ts';
