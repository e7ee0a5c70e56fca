import { styleText } from 'node:util';
import type { Invocation, TextOutput } from '../invocation.ts';

/** Colours by what they mean. */
export interface Style {
  readonly revision: (text: string) => string;
  /** Something good, or where things stand. */
  readonly mark: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly error: (text: string) => string;
  /** What matters less. */
  readonly faint: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

/** Colours for a stream: on a terminal only, and not where `NO_COLOR` is set (no-color.org) or `TERM` is `dumb`. */
export function styleFor(stream: TextOutput, { env }: Pick<Invocation, 'env'>): Style {
  const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (format: Format) => (text: string) =>
    coloured && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    revision: paint('yellow'),
    mark: paint('green'),
    warning: paint('yellow'),
    error: paint('red'),
    faint: paint('dim'),
  };
}
