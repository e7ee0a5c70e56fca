import type { DialectName } from '../driver/driver.ts';
import { OperationError } from '../errors.ts';
import { constraintsOf } from '../operations/create-constraint.ts';
import type { Operation } from '../operations/operation.ts';
import type { Column } from '../schema/column.ts';
import { MAX_NAME_BYTES } from '../schema/constraint-name.ts';
import type { RecordedStep } from './recorded-step.ts';

/**
 * Refuses names that PostgreSQL would cut, in every script of a plan before the first one runs.
 *
 * @throws OperationError `OPERATION_INVALID` naming the first of them.
 */
export function refuseLongNames(recorded: readonly RecordedStep[], dialect: DialectName): void {
  if (dialect !== 'postgresql') return;
  for (const { step, operations } of recorded) {
    for (const name of operations.flatMap(givenNames)) {
      const bytes = Buffer.byteLength(name);
      if (bytes <= MAX_NAME_BYTES) continue;
      const { revision, path } = step.revision;
      throw new OperationError(
        'OPERATION_INVALID',
        `Revision ${revision} gives the name "${name}", which has ${bytes} bytes; PostgreSQL's names have at most ${MAX_NAME_BYTES}.`,
        { hint: `Choose a shorter name in ${path}.`, facts: { revision, path, name, bytes } },
      );
    }
  }
}

/** The names that an operation makes, not those it finds. */
function givenNames(operation: Operation): string[] {
  switch (operation.kind) {
    case 'createTable': {
      const { name, columns, indexes } = operation.definition;
      const constraints = constraintsOf(operation.definition).flatMap((each) => each.name ?? []);
      return [name, ...columns.flatMap(columnNames), ...constraints, ...indexes.map((each) => each.name)];
    }
    case 'addColumn':
      return columnNames(operation.column);
    case 'renameTable':
    case 'renameColumn':
      return [operation.to];
    case 'createIndex':
      return [operation.index.name];
    case 'createForeignKey':
    case 'createUniqueConstraint':
    case 'createCheckConstraint':
    case 'createPrimaryKey':
      return operation.constraint.name === null ? [] : [operation.constraint.name];
    default:
      return [];
  }
}

function columnNames({ name, type }: Column): string[] {
  return type.kind === 'enum' ? [name, type.name] : [name];
}
