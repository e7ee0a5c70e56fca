import { type Ambiguity, type Choice, type Decisions, parseDecisions } from '@freshmaker/migrator/engine';
import type { Invocation } from '../invocation.ts';
import type { OutputFlags } from '../render/output.ts';
import { wrapWords } from '../render/wrap-words.ts';
import { type PromptStreams, promptStreams } from './prompt-streams.ts';

/** Asks the person at the terminal what was meant. */
export type Ask = (question: Ambiguity) => Promise<Partial<Decisions>>;

/** What ends a flag whose value holds an expression that a person has to think of. */
const PLACEHOLDER = '=SQL';

/** @returns undefined where nobody is there to answer. */
export function askAtTerminal(invocation: Invocation, flags: OutputFlags): Ask | undefined {
  const streams = promptStreams(invocation, flags);
  if (streams === null) return undefined;
  return async ({ question, choices }) => {
    const [only, ...others] = choices;
    // Of one answer only its expression is to be asked for.
    const single = others.length === 0 && only?.flag[1].endsWith(PLACEHOLDER) ? only : null;
    const choice = single ?? (await choose(question, choices, streams()));
    const [flag, value] = choice.flag;
    if (!value.endsWith(PLACEHOLDER)) return choice.decision;
    const { default: input } = await import('@inquirer/input');
    const message = single === null ? 'SQL expression:' : `${question}\n  To ${single.label}, type it:`;
    const terminal = streams();
    const sql = await input({ message: wrapWords(message, terminal.lineLength), required: true }, terminal);
    const typed = `${value.slice(0, -PLACEHOLDER.length)}=${sql}`;
    return parseDecisions(flag === '--backfill' ? { backfill: [typed] } : { using: [typed] });
  };
}

async function choose(message: string, choices: readonly Choice[], streams: PromptStreams): Promise<Choice> {
  const { default: select } = await import('@inquirer/select');
  const shown = choices.map((each) => ({
    // The lines of a choice stand below each other.
    name: wrapWords(each.label, streams.lineLength).replaceAll('\n', '\n  '),
    short: each.label,
    value: each,
  }));
  return select<Choice>({ message: wrapWords(message, streams.lineLength), choices: shown }, streams);
}
