import { OperationError } from '../errors.ts';
import type { Column } from '../schema/column.ts';
import type { DataType } from '../schema/data-type.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { keyOf, quoted } from './code.ts';

/**
 * Tables as a data step sees them, as the TypeScript interface `Tables` for `op.run<Tables>(…)`. A column has every type
 * that one of the databases gives or takes.
 *
 * @param schema replayed, not localized.
 * @throws OperationError `OPERATION_INVALID` for a table that is not there at that revision.
 */
export function renderTableTypes(schema: Schema, tables: readonly string[]): string {
  const members = tables.map((name) => renderTable(requireTable(schema, name)));
  return ['/** The tables as they are at this revision. */', 'interface Tables {', ...members, '}', ''].join(
    '\n',
  );
}

function requireTable(schema: Schema, name: string): Table {
  const table = findTable(schema, name);
  if (table) return table;
  throw new OperationError('OPERATION_INVALID', `There is no table "${name}" at this revision.`, {
    hint: `Its tables are ${schema.tables.map((each) => each.name).join(', ') || 'none'}.`,
    facts: { table: name },
  });
}

function renderTable(table: Table): string {
  const columns = table.columns.map((column) => `    ${keyOf(column.name)}: ${typeOf(column)};`);
  return [`  ${keyOf(table.name)}: {`, ...columns, '  };'].join('\n');
}

function typeOf({ type, nullable }: Column): string {
  const value = valueTypeOf(type);
  return nullable && value !== 'unknown' ? `${value} | null` : value;
}

function valueTypeOf(type: DataType): string {
  switch (type.kind) {
    case 'integer':
    case 'smallInteger':
    case 'float':
    case 'double':
      return 'number';
    case 'bigInteger':
    case 'numeric':
      return 'number | string';
    case 'string':
    case 'text':
    case 'uuid':
      return 'string';
    case 'enum':
      return type.values.map(quoted).join(' | ') || 'string';
    case 'boolean':
      return 'boolean | number';
    case 'dateTime':
    case 'date':
    case 'time':
      return 'Date | string';
    case 'binary':
      return 'Uint8Array';
    case 'json':
    case 'raw':
      return 'unknown';
  }
}
