import { styleText } from 'node:util';
import type { Invocation, TextOutput } from '../invocation.ts';
import { nameProgram } from './program-name.ts';

/** How texts look, by what they mean. */
export interface Style {
  readonly revision: (text: string) => string;
  /** Something good, or where things stand. */
  readonly mark: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly error: (text: string) => string;
  /** What matters less. */
  readonly faint: (text: string) => string;
  /** A sentence that says what to type: commands in it get the program's name. */
  readonly advice: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

/** The style of a stream: coloured on a terminal only, and not where `NO_COLOR` is set (no-color.org) or `TERM` is `dumb`. */
export function styleFor(stream: TextOutput, { env, cwd }: Pick<Invocation, 'env' | 'cwd'>): Style {
  const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (format: Format) => (text: string) =>
    coloured && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    revision: paint('yellow'),
    mark: paint('green'),
    warning: paint('yellow'),
    error: paint('red'),
    faint: paint('dim'),
    advice: (text) => nameProgram(text, { env, cwd }),
  };
}
