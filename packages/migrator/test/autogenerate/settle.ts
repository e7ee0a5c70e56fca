import { type CompareInput, compare } from '../../src/autogenerate/compare.ts';
import { type Comparison, type Decisions, noDecisions } from '../../src/autogenerate/comparison.ts';
import { mergeDecisions } from '../../src/autogenerate/merge-decisions.ts';

/** Compares, and answers what is asked until nothing more is said: an answer may lead to another question. */
export function settle(
  input: CompareInput,
  answer: (comparison: Comparison) => Decisions,
): { readonly comparison: Comparison; readonly decisions: Decisions } {
  let decisions = noDecisions;
  for (;;) {
    const comparison = compare({ ...input, decisions });
    const said = answer(comparison);
    if (Object.values(said).every((each) => each.length === 0)) return { comparison, decisions };
    decisions = mergeDecisions(decisions, said);
  }
}
