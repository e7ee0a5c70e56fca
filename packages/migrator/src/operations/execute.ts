import { OperationError } from '../errors.ts';
import type { Execute } from './operation.ts';
import { transactionControlIn } from './transaction-control.ts';

/**
 * @param statement one text for both databases, or one for each; a database left out has nothing to do.
 * @throws OperationError `OPERATION_INVALID` for an empty statement, and for one that begins or ends a transaction: the
 *   revision's own must end with its version row.
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
  const control = texts.map(transactionControlIn).find((each) => each !== null);
  if (control !== undefined) {
    throw new OperationError(
      'OPERATION_INVALID',
      `execute was given "${control}": a revision is one transaction, which a script neither begins nor ends.`,
      {
        hint: 'Take the statement out; what must run outside the transaction goes into op.run(…, { transactional: false }).',
        facts: { statement: control },
      },
    );
  }
  return { kind: 'execute', sql, parameters: [...parameters] };
}
