import {
  type AbstractSqlPlatform,
  type CheckDef,
  DatabaseSchema,
  type ForeignKey,
  type IndexDef,
  type Column as OrmColumn,
  type SqlTriggerDef,
} from '@mikro-orm/sql';
import { renderDefault } from '../../src/dialects/sqlite/default-value.ts';
import { createIndexSql } from '../../src/dialects/sqlite/index-definition.ts';
import { declaredType } from '../../src/dialects/sqlite/table-definition.ts';
import type { Column } from '../../src/schema/column.ts';
import type { Schema, Trigger } from '../../src/schema/schema.ts';
import type { Table } from '../../src/schema/table.ts';
import type { TableIndex } from '../../src/schema/table-index.ts';

/**
 * A schema in MikroORM's own model, as entities would give it that say all that entities can say. Left out is what
 * that model has no place for: STRICT, WITHOUT ROWID, triggers of views. Unnamed constraints get names, as there.
 */
export function ormSchema(schema: Schema, platform: AbstractSqlPlatform): DatabaseSchema {
  // Without a name, as MikroORM itself makes it on SQLite.
  const result = new DatabaseSchema(platform, undefined as never);
  for (const table of schema.tables) {
    const indexes = [...keyOf(table), ...uniquesOf(table, platform), ...table.indexes.map(indexOf(table))];
    const target = result.addTable(table.name, undefined);
    const columns = table.columns.map(columnOf(table));
    target.init(columns, indexes, checksOf(table), [], foreignKeysOf(table, platform));
    const triggers = schema.triggers.filter((each) => each.table === table.name);
    target.setTriggers(triggers.map(triggerOf));
  }
  for (const { name, sql } of schema.views) result.addView(name, undefined, sql);
  return result;
}

const columnOf =
  (table: Table) =>
  (column: Column): OrmColumn => {
    const { generated, serverDefault } = column;
    const key = table.primaryKey?.columns ?? [];
    return {
      name: column.name,
      type: declaredType(column),
      nullable: column.nullable && !key.includes(column.name),
      primary: key.length === 1 && key[0] === column.name,
      autoincrement: column.autoincrement === 'always',
      unsigned: false,
      ...(serverDefault === null ? {} : { default: renderDefault(serverDefault) }),
      ...(column.collation === null ? {} : { collation: column.collation }),
      ...(generated && { generated: `(${generated.expression}) ${generated.stored ? 'stored' : 'virtual'}` }),
    } as OrmColumn; // `init` finds out the mapped type
  };

function keyOf({ primaryKey }: Table): IndexDef[] {
  if (!primaryKey) return [];
  const columnNames = [...primaryKey.columns];
  const composite = columnNames.length > 1;
  return [{ columnNames, composite, keyName: 'primary', unique: true, constraint: true, primary: true }];
}

function uniquesOf({ name: table, uniques }: Table, platform: AbstractSqlPlatform): IndexDef[] {
  return uniques.map(({ name, columns }) => ({
    columnNames: [...columns],
    composite: columns.length > 1,
    keyName: name ?? platform.getIndexName(table, [...columns], 'unique'),
    unique: true,
    constraint: true,
    primary: false,
  }));
}

/** By its statement where it is more than names of columns: `expression`, as entities say that. */
const indexOf =
  (table: Table) =>
  (index: TableIndex): IndexDef => {
    const columnNames = index.columns.flatMap(({ column }) => column ?? []);
    return {
      columnNames,
      composite: columnNames.length > 1,
      keyName: index.name,
      unique: index.unique,
      constraint: false,
      primary: false,
      ...(isPlain(index) ? {} : { expression: createIndexSql(table.name, index) }),
    };
  };

/** Whether an index is but names of columns. */
export function isPlain({ columns, where }: TableIndex): boolean {
  return where === null && columns.every((each) => each.column && each.order === 'asc' && !each.collation);
}

/** Without comments, which would comment out what MikroORM writes behind them. */
function checksOf(table: Table): CheckDef[] {
  return table.checks.map(({ name, expression }, at) => ({
    name: name ?? `${table.name}_check_${at}`,
    expression: expression.replaceAll(/--.*$/gm, ''),
  }));
}

function foreignKeysOf(table: Table, platform: AbstractSqlPlatform): Record<string, ForeignKey> {
  const keys = table.foreignKeys.map((key): [string, ForeignKey] => {
    const columnNames = [...key.columns];
    const constraintName = key.name ?? platform.getIndexName(table.name, columnNames, 'foreign');
    const rules = { updateRule: key.onUpdate.toLowerCase(), deleteRule: key.onDelete.toLowerCase() };
    const deferMode = key.deferrable?.replace('initially ', '') as ForeignKey['deferMode'];
    return [
      constraintName,
      {
        constraintName,
        columnNames,
        localTableName: table.name,
        referencedTableName: key.refTable,
        referencedColumnNames: [...key.refColumns],
        ...rules,
        ...(deferMode && { deferMode }),
      },
    ];
  });
  return Object.fromEntries(keys);
}

/** By its statement: `expression`, as entities can say any trigger. */
function triggerOf({ name, sql }: Trigger): SqlTriggerDef {
  return { name, timing: 'after', events: ['insert'], forEach: 'row', body: '', expression: sql };
}
