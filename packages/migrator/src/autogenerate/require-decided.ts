import { OperationError } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import type { Ambiguity, Comparison } from './comparison.ts';
import { typedFlag } from './decision-flags.ts';

/**
 * The operations of a comparison that leaves nothing open.
 *
 * @throws OperationError `AMBIGUOUS_CHANGE` with the exact flags to type, the likeliest answer to each question first.
 */
export function requireDecided(comparison: Comparison): readonly Operation[] {
  const { ambiguities } = comparison;
  if (ambiguities.length === 0) return comparison.operations;
  const questions = ambiguities.map((each) => `- ${each.question}\n${answers(each)}`);
  throw new OperationError(
    'AMBIGUOUS_CHANGE',
    `${ambiguities.length === 1 ? 'One change is' : `${ambiguities.length} changes are`} not clear, and nothing was written:\n${questions.join('\n')}`,
    {
      hint: `Say what is meant with ${hintFlags(ambiguities)}.`,
      facts: {
        ambiguities: ambiguities.map(({ kind, table, column, question, choices }) => ({
          kind,
          table,
          column,
          question,
          flags: choices.map(({ flag }) => typedFlag(flag)),
        })),
        flags: ambiguities.map(({ choices }) => choices.map(({ flag }) => typedFlag(flag))),
      },
    },
  );
}

function answers({ choices }: Ambiguity): string {
  return choices.map(({ label, flag }) => `    ${typedFlag(flag)}    (${label})`).join('\n');
}

function hintFlags(ambiguities: readonly Ambiguity[]): string {
  return ambiguities
    .map(({ choices }) => choices.map(({ flag }) => typedFlag(flag)).join(' or '))
    .join(', and ');
}
