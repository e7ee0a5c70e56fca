import { OperationError } from '../../errors.ts';

/** An operation that SQLite has no way to carry out. */
export function notSupported(
  message: string,
  hint: string,
  facts: Readonly<Record<string, unknown>>,
): OperationError {
  return new OperationError('OPERATION_NOT_SUPPORTED', message, {
    hint,
    facts: { dialect: 'sqlite', ...facts },
  });
}

/** An operation that contradicts the schema or itself. */
export function invalid(
  message: string,
  hint: string,
  facts: Readonly<Record<string, unknown>>,
): OperationError {
  return new OperationError('OPERATION_INVALID', message, { hint, facts });
}
