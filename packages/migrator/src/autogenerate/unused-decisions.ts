import { ConfigurationError } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import type { Decisions } from './comparison.ts';
import { flagName } from './decision-flags.ts';

/**
 * Refuses an answer to a question that did not come up, which is most often a name written wrong.
 *
 * @throws ConfigurationError `USAGE_INVALID` naming the flag.
 */
export function requireUsed(decisions: Decisions, operations: readonly Operation[]): void {
  for (const { table, column } of decisions.drops) {
    const used = operations.some(
      (each) =>
        (column === null && each.kind === 'dropTable' && each.table === table) ||
        (each.kind === 'dropColumn' && each.table === table && each.column === column),
    );
    const name = column === null ? flagName(table) : `${flagName(table)}.${flagName(column)}`;
    if (!used) throw unused(`--allow-drop ${name}`, 'nothing of that name is dropped');
  }
  for (const { table, column } of decisions.backfills) {
    const used = operations.some(
      (each) =>
        each.kind === 'alterColumn' &&
        each.table === table &&
        each.column === column &&
        each.backfill !== null,
    );
    if (!used)
      throw unused(`--backfill ${flagName(table)}.${flagName(column)}`, 'no such column becomes NOT NULL');
  }
  for (const { table, column } of decisions.usings) {
    const used = operations.some(
      (each) =>
        each.kind === 'alterColumn' && each.table === table && each.column === column && each.using !== null,
    );
    if (!used)
      throw unused(`--using ${flagName(table)}.${flagName(column)}`, 'no such column changes its type');
  }
}

function unused(flag: string, why: string): ConfigurationError {
  return new ConfigurationError('USAGE_INVALID', `${flag} has no use: ${why}.`, {
    hint: 'Check the name, or leave the flag out; `db check` lists what differs.',
    facts: { flag },
  });
}
