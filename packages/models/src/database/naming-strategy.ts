import { UnderscoreNamingStrategy } from '@mikro-orm/core';

/**
 * Names of tables and columns in snake case, and of constraints as PostgreSQL gives them when a statement leaves them
 * out: `<table>_pkey`, `<table>_<columns>_fkey`, `<table>_<columns>_key`. A database made by the Python service has these.
 */
export class PostgresNamingStrategy extends UnderscoreNamingStrategy {
  override indexName(
    tableName: string,
    columns: string[],
    type: 'primary' | 'foreign' | 'unique' | 'index' | 'sequence' | 'check' | 'default',
  ): string {
    const table = tableName.slice(tableName.lastIndexOf('.') + 1);
    switch (type) {
      case 'foreign':
        return [table, ...columns, 'fkey'].join('_');
      case 'unique':
        return [table, ...columns, 'key'].join('_');
      case 'index':
        return ['idx', table, ...columns].join('_');
      default:
        return super.indexName(table, columns, type);
    }
  }
}
