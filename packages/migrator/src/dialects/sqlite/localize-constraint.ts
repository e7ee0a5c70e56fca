import type { CreatePrimaryKey } from '../../operations/operation.ts';
import type { Constraint } from '../../schema/constraint.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import { columnNames, tableName } from './resolve-name.ts';
import { isRowidType } from './row-id.ts';
import { withoutTableName } from './stored-definition.ts';

/** A constraint with names spelled as the schema spells them; SQLite checks the rows that are there in any case. */
export function localizeConstraint<C extends Constraint>(constraint: C, table: Table, schema: Schema): C {
  const given: Constraint = constraint;
  switch (given.kind) {
    case 'check':
      return {
        ...constraint,
        expression: withoutTableName(given.expression.trim(), table.name),
        notValid: false,
      };
    case 'foreignKey': {
      const refTable = given.refTable === table.name ? table.name : tableName(schema, given.refTable);
      const target = refTable === table.name ? table : findTable(schema, refTable);
      return {
        ...constraint,
        columns: columnNames(table, given.columns),
        refTable,
        refColumns: columnNames(target, given.refColumns),
        notValid: false,
      };
    }
    case 'primaryKey':
      return { ...constraint, columns: columnNames(table, given.columns) };
    case 'unique': {
      const { deferrable: _, ...localized } = given;
      return { ...localized, columns: columnNames(table, given.columns) } as Constraint as C;
    }
  }
}

/** A key that is one INTEGER column makes it the rowid, which counts up. */
export function localizeCreatePrimaryKey(operation: CreatePrimaryKey, table: Table): CreatePrimaryKey {
  const constraint = { ...operation.constraint, columns: columnNames(table, operation.constraint.columns) };
  const [first, ...more] = table.columns.filter((each) => constraint.columns.includes(each.name));
  const isRowid = first !== undefined && more.length === 0 && !table.withoutRowid && isRowidType(first);
  if (!isRowid) return { ...operation, constraint };
  const autoincrement = operation.autoincrement || first.autoincrement || 'serial';
  return { ...operation, constraint, autoincrement: autoincrement === 'always' ? 'always' : 'serial' };
}
