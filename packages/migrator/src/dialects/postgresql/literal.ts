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
 * A value as SQL text.
 *
 * Text is right whatever `standard_conforming_strings` says. Dates are written in UTC, which a column without time
 * zone takes as it is; objects and arrays are JSON.
 *
 * @throws OperationError `OPERATION_INVALID` for text with a NUL character, which PostgreSQL cannot store, and for
 *   values that are none (functions, symbols).
 */
export function quoteLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  switch (typeof value) {
    case 'string':
      return quoteText(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : `'${value}'`;
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return quoteObject(value);
    default:
      throw new OperationError('OPERATION_INVALID', `A ${typeof value} is no value a database can hold.`, {
        hint: 'Pass a string, number, boolean, date, buffer, null, or JSON data.',
      });
  }
}

function quoteText(text: string): string {
  if (text.includes('\0')) {
    throw new OperationError('OPERATION_INVALID', 'PostgreSQL cannot store text with a NUL character.', {
      hint: 'Remove the character, or use a binary column.',
    });
  }
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

function quoteObject(value: object): string {
  if (value instanceof Date) return `'${value.toISOString().replace('T', ' ').replace('Z', '+00')}'`;
  if (value instanceof Uint8Array) return `decode('${Buffer.from(value).toString('hex')}', 'hex')`;
  return quoteText(JSON.stringify(value));
}
