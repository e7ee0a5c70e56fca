import { OperationError } from '../errors.ts';
import type { Execute } from './operation.ts';

/**
 * @param statement one text for both databases, or one for each; a database left out has nothing to do.
 * @throws OperationError `OPERATION_INVALID` for an empty statement.
 */
export function execute(
  statement: string | { readonly sqlite?: string; readonly postgresql?: string },
  parameters: readonly unknown[] = [],
): Execute {
  const sql =
    typeof statement === 'string'
      ? { sqlite: statement, postgresql: statement }
      : { sqlite: statement.sqlite ?? null, postgresql: statement.postgresql ?? null };
  const texts = [sql.sqlite, sql.postgresql].filter((text) => text !== null);
  if (texts.length === 0 || texts.some((text) => text.trim() === '')) {
    throw new OperationError('OPERATION_INVALID', 'execute was given no SQL.', {
      hint: 'Pass the statement, or { sqlite, postgresql } with one for each database.',
    });
  }
  return { kind: 'execute', sql, parameters: [...parameters] };
}
