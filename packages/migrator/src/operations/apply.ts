import type { Schema } from '../schema/schema.ts';
import { applyAddColumn } from './add-column.ts';
import { applyAlterColumn } from './alter-column.ts';
import { applyCreateConstraint } from './create-constraint.ts';
import { applyCreateIndex } from './create-index.ts';
import { applyCreateTable } from './create-table.ts';
import { applyDropColumn } from './drop-column.ts';
import { applyDropConstraint } from './drop-constraint.ts';
import { applyDropIndex } from './drop-index.ts';
import { applyDropTable } from './drop-table.ts';
import type { Operation } from './operation.ts';
import { applyRenameColumn } from './rename-column.ts';
import { applyRenameTable } from './rename-table.ts';
import { applyTableComment } from './table-comment.ts';
import { applyValidateConstraint } from './validate-constraint.ts';

/**
 * The schema after an operation. Data steps and `execute` are opaque: they leave the schema as it is.
 *
 * @throws OperationError `OPERATION_INVALID` when the operation does not fit the schema.
 */
export function apply(schema: Schema, operation: Operation): Schema {
  switch (operation.kind) {
    case 'createTable':
      return applyCreateTable(schema, operation);
    case 'dropTable':
      return applyDropTable(schema, operation);
    case 'renameTable':
      return applyRenameTable(schema, operation);
    case 'addColumn':
      return applyAddColumn(schema, operation);
    case 'dropColumn':
      return applyDropColumn(schema, operation);
    case 'renameColumn':
      return applyRenameColumn(schema, operation);
    case 'alterColumn':
      return applyAlterColumn(schema, operation);
    case 'createIndex':
      return applyCreateIndex(schema, operation);
    case 'dropIndex':
      return applyDropIndex(schema, operation);
    case 'createForeignKey':
    case 'createUniqueConstraint':
    case 'createCheckConstraint':
    case 'createPrimaryKey':
      return applyCreateConstraint(schema, operation);
    case 'dropConstraint':
      return applyDropConstraint(schema, operation);
    case 'validateConstraint':
      return applyValidateConstraint(schema, operation);
    case 'createTableComment':
    case 'dropTableComment':
      return applyTableComment(schema, operation);
    case 'execute':
    case 'bulkInsert':
    case 'run':
    case 'irreversible':
      return schema;
  }
}
