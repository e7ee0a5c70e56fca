import { OperationError } from '../errors.ts';
import type {
  AddColumn,
  AlterColumn,
  CreateIndex,
  DropConstraint,
  Operation,
} from '../operations/operation.ts';
import type { IndexColumn } from '../schema/table-index.ts';
import { array, type Code, call, literal, object, text } from './code.ts';
import { renderColumn, renderValue } from './render-column.ts';
import { foreignKeyOptions, names, nonEmpty, renderCreateTable, uniqueOptions } from './render-table.ts';
import { renderType } from './render-type.ts';

/**
 * The call of a script that records an operation.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for a data step: a function has no text to write.
 */
export function renderOperation(operation: Operation): Code {
  switch (operation.kind) {
    case 'createTable':
      return renderCreateTable(operation);
    case 'dropTable':
      return call('op.dropTable', literal(operation.table), ...lossOption(operation.allowDataLoss));
    case 'renameTable':
      return call('op.renameTable', literal(operation.table), literal(operation.to));
    case 'addColumn':
      return renderAddColumn(operation);
    case 'dropColumn':
      return call(
        'op.dropColumn',
        literal(operation.table),
        literal(operation.column),
        ...lossOption(operation.allowDataLoss),
      );
    case 'renameColumn':
      return call('op.renameColumn', ...[operation.table, operation.column, operation.to].map(literal));
    case 'alterColumn':
      return renderAlterColumn(operation);
    case 'createIndex':
      return renderCreateIndex(operation);
    case 'dropIndex':
      return call(
        'op.dropIndex',
        literal(operation.name),
        ...(operation.table === null ? [] : [literal(operation.table)]),
        ...nonEmpty(object({ concurrently: operation.concurrently ? literal(true) : undefined })),
      );
    case 'createForeignKey': {
      const { constraint, table } = operation;
      return call(
        'op.createForeignKey',
        literal(constraint.name),
        literal(table),
        literal(constraint.refTable),
        names(constraint.columns),
        names(constraint.refColumns),
        ...nonEmpty(object(foreignKeyOptions(constraint))),
      );
    }
    case 'createUniqueConstraint':
    case 'createPrimaryKey': {
      const { constraint, table } = operation;
      return call(
        `op.${operation.kind}`,
        literal(constraint.name),
        literal(table),
        names(constraint.columns),
        ...(constraint.kind === 'unique' ? uniqueOptions(constraint) : []),
      );
    }
    case 'createCheckConstraint': {
      const { constraint, table } = operation;
      const options = object({ notValid: constraint.notValid ? literal(true) : undefined });
      return call(
        'op.createCheckConstraint',
        literal(constraint.name),
        literal(table),
        literal(constraint.expression),
        ...nonEmpty(options),
      );
    }
    case 'dropConstraint':
      return renderDropConstraint(operation);
    case 'validateConstraint':
      return call('op.validateConstraint', literal(operation.name), literal(operation.table));
    case 'createTableComment':
      return call('op.createTableComment', literal(operation.table), literal(operation.comment ?? ''));
    case 'dropTableComment':
      return call('op.dropTableComment', literal(operation.table));
    case 'execute':
      return call('op.execute', renderSql(operation.sql));
    case 'irreversible':
      return call('op.irreversible', literal(operation.reason));
    case 'bulkInsert':
    case 'run':
      throw new OperationError(
        'OPERATION_NOT_SUPPORTED',
        `A ${operation.kind} cannot be written as a script.`,
        {
          hint: 'Write the data step by hand.',
          facts: { kind: operation.kind },
        },
      );
  }
}

function lossOption(allowed: boolean): Code[] {
  return allowed ? [object({ allowDataLoss: text('true') })] : [];
}

function renderAddColumn({ table, column, uniques, checks }: AddColumn): Code {
  const brought = {
    ...(uniques.length > 0 ? { unique: true } : {}),
    ...(checks[0] ? { check: checks[0].expression } : {}),
  };
  return call('op.addColumn', literal(table), renderColumn(column, undefined, brought));
}

function renderAlterColumn({ table, column, change, using, backfill, allowDataLoss }: AlterColumn): Code {
  const { type, nullable, serverDefault, autoincrement, collation, comment } = change;
  const options = object({
    type: type === undefined ? undefined : renderType(type),
    nullable: nullable === undefined ? undefined : literal(nullable),
    serverDefault:
      serverDefault === undefined
        ? undefined
        : serverDefault === null
          ? literal(null)
          : renderValue(serverDefault),
    autoincrement: autoincrement === undefined ? undefined : literal(autoincrement),
    collation: collation === undefined ? undefined : literal(collation),
    comment: comment === undefined ? undefined : literal(comment),
    using: using === null ? undefined : literal(using),
    backfill: backfill === null ? undefined : renderValue(backfill),
    allowDataLoss: allowDataLoss ? literal(true) : undefined,
  });
  return call('op.alterColumn', literal(table), literal(column), options);
}

function renderCreateIndex({ table, index, concurrently }: CreateIndex): Code {
  const options = object({
    unique: index.unique ? literal(true) : undefined,
    where: index.where === null ? undefined : literal(index.where),
    using: index.using === null ? undefined : literal(index.using),
    include: index.include.length === 0 ? undefined : names(index.include),
    concurrently: concurrently ? literal(true) : undefined,
  });
  const columns = array(index.columns.map(renderIndexColumn));
  return call('op.createIndex', literal(index.name), literal(table), columns, ...nonEmpty(options));
}

function renderIndexColumn(part: IndexColumn): Code {
  const { column, expression, order, nulls, collation, opclass } = part;
  const options = {
    order: order === 'asc' ? undefined : literal(order),
    nulls: nulls === null ? undefined : literal(nulls),
    collation: collation === null ? undefined : literal(collation),
    opclass: opclass === null ? undefined : literal(opclass),
  };
  const isPlain = Object.values(options).every((each) => each === undefined);
  if (column !== null && isPlain) return literal(column);
  return object({
    ...(column === null ? { expression: literal(expression ?? '') } : { column: literal(column) }),
    ...options,
  });
}

function renderDropConstraint({ table, name, type, columns, sql }: DropConstraint): Code {
  const options = object({
    type: type === null ? undefined : literal(type),
    columns: columns === null ? undefined : names(columns),
    sql: sql === null ? undefined : literal(sql),
  });
  return call('op.dropConstraint', literal(name), literal(table), ...nonEmpty(options));
}

function renderSql({
  sqlite,
  postgresql,
}: {
  readonly sqlite: string | null;
  readonly postgresql: string | null;
}): Code {
  if (sqlite !== null && sqlite === postgresql) return literal(sqlite);
  return object({
    sqlite: sqlite === null ? undefined : literal(sqlite),
    postgresql: postgresql === null ? undefined : literal(postgresql),
  });
}
