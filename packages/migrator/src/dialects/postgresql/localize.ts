import { findConstraint } from '../../operations/drop-constraint.ts';
import type { CreateConstraint, Operation } from '../../operations/operation.ts';
import { requireTable } from '../../operations/require.ts';
import type { Constraint } from '../../schema/constraint.ts';
import type { Schema } from '../../schema/schema.ts';
import { localizeAddColumn, localizeAlterColumn } from './localize-column.ts';
import { localizeIndex } from './localize-index.ts';
import { localizeCreateTable } from './localize-table.ts';
import { ConstraintNames, requireName } from './object-name.ts';
import { refuseReferencedKey } from './referenced-key.ts';

/**
 * An operation as PostgreSQL will carry it out: constraints named as it would name them, types and defaults in the
 * form it reports, what only SQLite has taken out.
 *
 * @throws OperationError `OPERATION_INVALID` for a name of more than 63 bytes, an enumeration that is there with other
 *   values, and a column that cannot count up.
 */
export function localize(operation: Operation, schema: Schema): Operation {
  switch (operation.kind) {
    case 'createTable':
      return localizeCreateTable(operation, schema);
    case 'addColumn':
      return localizeAddColumn(operation, schema);
    case 'alterColumn':
      return localizeAlterColumn(operation, schema);
    case 'renameTable':
      requireName('table', operation.to);
      return operation;
    case 'renameColumn':
      requireName('column', operation.to);
      return operation;
    case 'createIndex':
      return {
        ...operation,
        index: localizeIndex(operation.index, requireTable(schema, operation.table).columns),
      };
    case 'createForeignKey':
    case 'createUniqueConstraint':
    case 'createCheckConstraint':
    case 'createPrimaryKey':
      return localizeCreateConstraint(operation, schema);
    case 'dropConstraint': {
      const found = findConstraint(requireTable(schema, operation.table), operation);
      refuseReferencedKey(schema, operation.table, found);
      return { ...operation, name: found.name, type: found.kind };
    }
    case 'createTableComment':
      return { ...operation, comment: operation.comment || null };
    default:
      return operation;
  }
}

function localizeCreateConstraint(operation: CreateConstraint, schema: Schema): CreateConstraint {
  const table = requireTable(schema, operation.table);
  const constraint: Constraint = new ConstraintNames(schema).name(table, operation.constraint);
  requireName('constraint', constraint.name ?? '');
  return { ...operation, constraint } as CreateConstraint;
}
