import { OperationError } from '../../errors.ts';
import type { InUse } from '../dialect.ts';

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

/**
 * What to say where views or triggers use what is to be changed.
 *
 * @param change `table "t" cannot be dropped`.
 * @param dependents as people call them: `view v`.
 */
export function inUse(
  change: string,
  dependents: readonly string[],
  facts: Readonly<Record<string, unknown>>,
): InUse {
  const names = dependents.join(', ');
  const [use, them] = dependents.length === 1 ? ['uses', 'it'] : ['use', 'them'];
  return {
    message: `On SQLite ${change}: ${names} ${use} it.`,
    hint: `Drop ${names} in a step before this one (op.execute), and create ${them} again behind it.`,
    facts: { dialect: 'sqlite', ...facts, dependents },
  };
}
