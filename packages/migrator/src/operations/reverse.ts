import type { Schema } from '../schema/schema.ts';
import { reverseAddColumn } from './add-column.ts';
import { reverseAlterColumn } from './alter-column.ts';
import { apply } from './apply.ts';
import { reverseCreateConstraint } from './create-constraint.ts';
import { reverseCreateIndex } from './create-index.ts';
import { reverseCreateTable } from './create-table.ts';
import { reverseDropColumn } from './drop-column.ts';
import { reverseDropConstraint } from './drop-constraint.ts';
import { reverseDropIndex } from './drop-index.ts';
import { reverseDropTable } from './drop-table.ts';
import type { Operation } from './operation.ts';
import { reverseRenameColumn } from './rename-column.ts';
import { reverseRenameTable } from './rename-table.ts';
import { reverseTableComment } from './table-comment.ts';

/**
 * The operations that take one operation back.
 *
 * @param before the schema it was applied to.
 * @returns null where there is none: data steps, statements of the author's own and inserted rows.
 */
export function reverse(operation: Operation, before: Schema): readonly Operation[] | null {
  switch (operation.kind) {
    case 'createTable':
      return [reverseCreateTable(operation)];
    case 'dropTable':
      return reverseDropTable(operation, before);
    case 'renameTable':
      return [reverseRenameTable(operation)];
    case 'addColumn':
      return [reverseAddColumn(operation)];
    case 'dropColumn':
      return reverseDropColumn(operation, before);
    case 'renameColumn':
      return [reverseRenameColumn(operation)];
    case 'alterColumn':
      return [reverseAlterColumn(operation, before)];
    case 'createIndex':
      return [reverseCreateIndex(operation)];
    case 'dropIndex':
      return reverseDropIndex(operation, before);
    case 'createForeignKey':
    case 'createUniqueConstraint':
    case 'createCheckConstraint':
    case 'createPrimaryKey':
      return reverseCreateConstraint(operation, before);
    case 'dropConstraint':
      return [reverseDropConstraint(operation, before)];
    case 'validateConstraint':
      return [];
    case 'createTableComment':
    case 'dropTableComment':
      return [reverseTableComment(operation, before)];
    case 'execute':
    case 'bulkInsert':
    case 'run':
    case 'irreversible':
      return null;
  }
}

/**
 * The operations that take a whole list back, in the order to run them.
 *
 * @param before the schema the first one was applied to.
 * @returns null when one of them cannot be taken back.
 */
export function reverseAll(operations: readonly Operation[], before: Schema): readonly Operation[] | null {
  const reversed: (readonly Operation[])[] = [];
  let schema = before;
  for (const operation of operations) {
    const back = reverse(operation, schema);
    if (back === null) return null;
    reversed.push(back);
    schema = apply(schema, operation);
  }
  return reversed.reverse().flat();
}
