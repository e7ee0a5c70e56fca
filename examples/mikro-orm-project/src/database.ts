/** Where the database is, for MikroORM's configuration and for Freshmaker's. */
export const databaseUrl = process.env.DATABASE_URL ?? 'sqlite:///library.db';
