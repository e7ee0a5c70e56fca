import { MikroORM as PostgresqlOrm } from '@mikro-orm/postgresql';
import { MikroORM as SqliteOrm } from '@mikro-orm/sqlite';
import { excludedTables } from '../autogenerate/table-filter.ts';
import { skippedTables } from './skipped-tables.ts';

const base = { dbName: 'library', entities: [], discovery: { warnWhenNoEntities: false } };
const onSqlite = (options: object) => new SqliteOrm({ ...base, ...options });
const onPostgresql = (options: object) => new PostgresqlOrm({ ...base, ...options });
const skip = (...skipTables: readonly (string | RegExp)[]) => ({ schemaGenerator: { skipTables } });

describe('MikroORM leaves out', () => {
  test.each([
    ["its migrator's table", onSqlite({}), 'mikro_orm_migrations', true],
    ['it under another name', onSqlite({ migrations: { tableName: 'moves' } }), 'moves', true],
    [
      'it under another name only',
      onSqlite({ migrations: { tableName: 'moves' } }),
      'mikro_orm_migrations',
      false,
    ],
    ['it in its schema', onPostgresql({ migrations: { tableName: 'public.moves' } }), 'moves', true],
    [
      'no table of another schema',
      onPostgresql({ migrations: { tableName: 'other.moves' } }),
      'moves',
      false,
    ],
    ['what the ORM is told to, whatever the capitals', onSqlite(skip('Sessions')), 'sessions', true],
    ['a name as it stands', onSqlite(skip('a*')), 'ab', false],
    ['what an expression finds', onSqlite(skip(/^tmp_/)), 'tmp_events', true],
    ['tables of the schema of the ORM', onPostgresql({ schema: 'own', ...skip('own.logs') }), 'logs', true],
    ['nothing else', onPostgresql(skip('logs')), 'authors', false],
  ])('%s', (_, orm, table, expected) => {
    expect(excludedTables({ exclude: skippedTables(orm as never) }, [])(table)).toBe(expected);
  });
});
