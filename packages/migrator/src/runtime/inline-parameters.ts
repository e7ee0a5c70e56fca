import type { Dialect } from '../dialects/dialect.ts';
import { OperationError } from '../errors.ts';
import { tokenizeSql } from '../schema/sql-lexer.ts';

/**
 * A statement with its parameters written into it as literals, for people and other programs to run.
 *
 * Placeholders (`?` on SQLite, `$1`, `$2`, … on PostgreSQL) inside strings, names and comments are left alone.
 *
 * @throws OperationError `OPERATION_INVALID` when there are fewer values than placeholders.
 */
export function inlineParameters(sql: string, parameters: readonly unknown[], dialect: Dialect): string {
  if (parameters.length === 0) return sql;
  const tokens = tokenizeSql(sql, dialect.name === 'sqlite' ? 'quotes' : 'symbols');
  let next = 0;
  const value = (index: number) => {
    if (index < parameters.length) return literal(parameters[index], dialect);
    throw new OperationError(
      'OPERATION_INVALID',
      `The statement \`${sql}\` has more placeholders than values.`,
      {
        hint: 'Give one value for each placeholder.',
      },
    );
  };
  let text = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as (typeof tokens)[number];
    const following = tokens[at + 1];
    if (dialect.name === 'sqlite' && token.kind === 'symbol' && token.text === '?') {
      text += value(next++);
    } else if (dialect.name === 'postgresql' && token.text === '$' && /^\d+$/.test(following?.text ?? '')) {
      text += value(Number(following?.text) - 1);
      at++;
    } else {
      text += token.text;
    }
  }
  return text;
}

function literal(value: unknown, dialect: Dialect): string {
  const text = Array.isArray(value) && dialect.name === 'postgresql' ? arrayLiteral(value, dialect) : null;
  const quoted = text ?? dialect.quoteLiteral(value);
  // A minus sign behind another one would begin a comment, and binds less than `::`.
  return quoted.startsWith('-') ? `(${quoted})` : quoted;
}

/** An array as `pg` sends it. */
function arrayLiteral(values: readonly unknown[], dialect: Dialect): string {
  return dialect.quoteLiteral(arrayText(values));
}

function arrayText(values: readonly unknown[]): string {
  const elements = values.map((value) => {
    if (value === null || value === undefined) return 'NULL';
    if (Array.isArray(value)) return arrayText(value);
    const text =
      value instanceof Date
        ? value.toISOString()
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value);
    return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
  return `{${elements.join(',')}}`;
}
