import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import type { Table } from '../../schema/table.ts';
import { type DeclaredType, readDeclaredType, renderType } from './data-type.ts';
import { normalizeDefault } from './default-value.ts';
import { notSupported } from './refusal.ts';
import { isRowidType } from './row-id.ts';
import { withoutTableName } from './stored-definition.ts';

const strictTypes: Readonly<Partial<Record<DataType['kind'], string>>> = {
  integer: 'INTEGER',
  smallInteger: 'INTEGER',
  bigInteger: 'INTEGER',
  boolean: 'INTEGER',
  string: 'TEXT',
  text: 'TEXT',
  dateTime: 'TEXT',
  date: 'TEXT',
  time: 'TEXT',
  json: 'TEXT',
  uuid: 'TEXT',
  enum: 'TEXT',
  float: 'REAL',
  double: 'REAL',
  binary: 'BLOB',
};

/** All that `STRICT` lets a column be declared as. */
const strictNames = ['INT', 'INTEGER', 'REAL', 'TEXT', 'BLOB', 'ANY'];

/**
 * A type as it will be read back from the table's definition.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for a type that a STRICT table cannot have.
 */
function localizeType(table: Pick<Table, 'name' | 'strict'>, column: string, type: DataType): DeclaredType {
  if (!table.strict) return readDeclaredType(renderType(type));
  const name = type.kind === 'raw' ? type.sqlite : strictTypes[type.kind];
  if (name !== undefined && strictNames.includes(name.toUpperCase())) return readDeclaredType(name);
  throw notSupported(
    `Column "${column}" of the STRICT table "${table.name}" cannot be ${renderType(type)}.`,
    `Choose a type that is stored as one of ${strictNames.join(', ')}, or leave out \`strict\`.`,
    { table: table.name, column },
  );
}

/** The column with what SQLite does not have taken out, as far as the column alone decides it. */
export function localizeColumn(table: Pick<Table, 'name' | 'strict'>, column: Column): Column {
  const { declared, ...rest } = column;
  // A definition that was read from a database keeps its own spelling.
  const type =
    declared === undefined ? localizeType(table, column.name, column.type) : readDeclaredType(declared);
  return {
    ...rest,
    ...type,
    serverDefault: normalizeDefault(column.serverDefault),
    generated: column.generated && {
      ...column.generated,
      expression: withoutTableName(column.generated.expression.trim(), table.name),
    },
    collation: column.collation,
    comment: null,
  };
}

/**
 * The columns with what the primary key makes of them: an integer key is the rowid, takes no NULL, and counts up
 * whether or not the script asks for it.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for a column that is to count up and cannot.
 */
export function localizeKey(table: Table): Table['columns'] {
  return table.columns.map((column) => localizeKeyColumn(table, column));
}

/** As {@link localizeKey}, for one column of the table. */
export function localizeKeyColumn(table: Table, column: Column): Column {
  const key = table.primaryKey?.columns ?? [];
  const alone = key.length === 1 && key[0] === column.name;
  if (column.autoincrement === false) {
    const isRowid = alone && !table.withoutRowid && isRowidType(column);
    return isRowid ? { ...column, nullable: false, autoincrement: 'serial' } : column;
  }
  if (!alone) throw cannotCount(table, column, 'it is not the primary key');
  if (table.withoutRowid) throw cannotCount(table, column, 'the table is WITHOUT ROWID');
  if (!isIntegerType(column.type)) throw cannotCount(table, column, 'it is no integer');
  return asCounting(column);
}

export function isIntegerType(type: DataType): boolean {
  return type.kind === 'integer' || type.kind === 'smallInteger' || type.kind === 'bigInteger';
}

/** Only as INTEGER can a column count up. */
export function asCounting(column: Column): Column {
  const { declared, ...rest } = column;
  const counting: Column = { ...rest, type: { kind: 'integer' }, nullable: false };
  const autoincrement = column.autoincrement === 'always' ? 'always' : 'serial';
  return {
    ...counting,
    ...(declared !== undefined && isRowidType(column) ? { declared } : {}),
    autoincrement,
  };
}

function cannotCount(table: Table, column: Column, why: string): Error {
  return notSupported(
    `On SQLite column "${column.name}" of "${table.name}" cannot count up: ${why}.`,
    'Only an integer that is the whole primary key counts up on SQLite; leave autoincrement out.',
    { table: table.name, column: column.name },
  );
}
