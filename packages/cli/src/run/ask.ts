import { type Ambiguity, type Choice, type Decisions, parseDecisions } from '@freshmaker/migrator/engine';
import type { Invocation } from '../invocation.ts';
import type { OutputFlags } from '../render/output.ts';
import { promptStreams } from './prompt-streams.ts';

/** Asks the person at the terminal what was meant. */
export type Ask = (question: Ambiguity) => Promise<Partial<Decisions>>;

/** @returns undefined where nobody is there to answer. */
export function askAtTerminal(invocation: Invocation, flags: OutputFlags): Ask | undefined {
  const streams = promptStreams(invocation, flags);
  if (streams === null) return undefined;
  return async ({ question, choices }) => {
    const { default: select } = await import('@inquirer/select');
    const choice = await select<Choice>(
      { message: question, choices: choices.map((each) => ({ name: each.label, value: each })) },
      streams,
    );
    const [flag, value] = choice.flag;
    if (!value.endsWith('=SQL')) return choice.decision;
    const { default: input } = await import('@inquirer/input');
    const sql = await input({ message: 'SQL expression:', required: true }, streams);
    const typed = `${value.slice(0, -'SQL'.length)}${sql}`;
    return parseDecisions(flag === '--backfill' ? { backfill: [typed] } : { using: [typed] });
  };
}
