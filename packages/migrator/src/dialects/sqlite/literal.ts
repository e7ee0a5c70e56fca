import { OperationError } from '../../errors.ts';

/** A name in double quotes, so that any name works. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Several names, as in a list of columns. */
export function quoteIdentifiers(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ');
}

/**
 * A value as SQL text. Dates are written as SQLAlchemy writes them, `YYYY-MM-DD HH:MM:SS.ffffff` in UTC; booleans are
 * 0 and 1; objects and arrays are JSON.
 *
 * @throws OperationError `OPERATION_INVALID` for what no database can hold.
 */
export function quoteLiteral(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'NULL';
    case 'string':
      return quoteText(value);
    case 'number':
      return quoteNumber(value);
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? '1' : '0';
    case 'object':
      return quoteObject(value);
    default:
      throw new OperationError('OPERATION_INVALID', `A ${typeof value} is no value a database can hold.`, {
        hint: 'Pass a string, number, boolean, date, buffer, null, or JSON data.',
      });
  }
}

/** SQLite's text ends for most functions at a NUL, and its shell stops reading there: such text is written in hex. */
function quoteText(text: string): string {
  if (text.includes('\0')) return `CAST(${hex(Buffer.from(text))} AS TEXT)`;
  return `'${text.replaceAll("'", "''")}'`;
}

function quoteNumber(value: number): string {
  if (Number.isNaN(value)) return 'NULL';
  if (!Number.isFinite(value)) return value > 0 ? '9e999' : '-9e999';
  return String(value);
}

function quoteObject(value: object | null): string {
  if (value === null) return 'NULL';
  if (value instanceof Date) return `'${value.toISOString().replace('T', ' ').replace('Z', '000')}'`;
  if (value instanceof Uint8Array) return hex(value);
  return quoteText(JSON.stringify(value));
}

function hex(bytes: Uint8Array): string {
  return `X'${Buffer.from(bytes).toString('hex').toUpperCase()}'`;
}
