import type { MikroORM } from '@mikro-orm/core';
import type { DatabaseTable } from '@mikro-orm/sql';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { entityColumn } from './entity-column.ts';
import { entityCheck, entityForeignKey } from './entity-constraint.ts';
import { entityIndexes } from './entity-index.ts';
import { type EntityTarget, postgresqlTarget, sqliteTables } from './entity-target.ts';

/**
 * The schema that a project's entities describe, in neutral terms: the same value whichever database the ORM is for, so
 * that one script serves both. Touches no database; the ORM need not be connected.
 *
 * What MikroORM does differently per database is settled in favour of PostgreSQL, whose types say most: foreign keys
 * have no index of their own accord, checks that only one database gets are left out. A unique that the entity
 * gives a name is a unique index, one without a name is a constraint.
 *
 * @param orm discovered, for any SQL database.
 * @returns tables in the order of the entities; entities of other PostgreSQL schemas than the ORM's own are left out.
 */
export async function entitySchema(orm: MikroORM): Promise<Schema> {
  return targetSchema(orm, await postgresqlTarget(orm));
}

/** The same of entities that have been described already. */
export async function targetSchema(orm: MikroORM, target: EntityTarget): Promise<Schema> {
  const onSqlite = await sqliteTables(orm);
  const tables = target.schema
    .getTables()
    .filter((table) => table.schema === undefined || table.schema === target.schemaName)
    .map((table) => entityTable(table, onSqlite.get(table.name), target.namedUniques));
  const enums = new Map(
    tables.flatMap(({ columns }) =>
      columns.flatMap(({ type }) => (type.kind === 'enum' ? [[type.name, type.values] as const] : [])),
    ),
  );
  return {
    tables,
    enums: [...enums].map(([name, values]) => ({ name, values })),
    views: [],
    triggers: [],
  };
}

function entityTable(
  table: DatabaseTable,
  onSqlite: DatabaseTable | undefined,
  namedUniques: ReadonlySet<string>,
): Table {
  const primaryKey = table.getPrimaryKey();
  const onBoth = new Set(onSqlite?.getChecks().map((check) => check.name));
  const { indexes, uniques } = entityIndexes(table, namedUniques);
  return {
    name: table.name,
    columns: table
      .getColumns()
      .map((column) => entityColumn(column, onSqlite?.getColumn(column.name), table.name)),
    primaryKey: primaryKey
      ? {
          kind: 'primaryKey',
          name: explicitName(table.name, primaryKey.keyName),
          columns: primaryKey.columnNames,
        }
      : null,
    uniques,
    checks: table
      .getChecks()
      .filter((check) => onSqlite === undefined || onBoth.has(check.name))
      .map(entityCheck),
    foreignKeys: Object.values(table.getForeignKeys()).map(entityForeignKey),
    indexes,
    comment: table.comment || null,
    strict: false,
    withoutRowid: false,
    opaque: null,
  };
}

/** A primary key's name is left to the database, except where a naming strategy asks for another. */
function explicitName(table: string, name: string): string | null {
  return name === `${table}_pkey` || /_[0-9a-f]{5}_pkey$/.test(name) ? null : name;
}
