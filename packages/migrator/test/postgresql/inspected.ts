import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { findTable, type Schema } from '../../src/schema/schema.ts';
import type { Table } from '../../src/schema/table.ts';
import { type Server, withDatabase } from './database.ts';

/** Makes a schema by hand and reads it. */
export async function inspected(server: Server, statements: string): Promise<Schema> {
  return withDatabase(server, async (session) => {
    for (const statement of statements.split(';\n')) await session.query(statement);
    return postgresqlDialect.inspect(session);
  });
}

/** A table that must be there. */
export function table(schema: Schema, name = 'a'): Table {
  const found = findTable(schema, name);
  if (!found) throw new Error(`no table ${name}`);
  return found;
}
