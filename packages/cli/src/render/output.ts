import type { Invocation } from '../invocation.ts';
import { type Style, styleFor } from './style.ts';

export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Where a command's answer goes: results on standard output, everything else on standard error. */
export class Output {
  readonly #invocation: Invocation;
  readonly #flags: OutputFlags;
  readonly #errorStyle: Style;

  constructor(invocation: Invocation, flags: OutputFlags) {
    this.#invocation = invocation;
    this.#flags = flags;
    this.#errorStyle = styleFor(invocation.stderr, invocation);
  }

  get verbose(): boolean {
    return this.#flags.verbose;
  }

  /** Whether a person reads the answer on a terminal. */
  get isTerminal(): boolean {
    return this.#invocation.stdout.isTTY === true && !this.#flags.json;
  }

  /** Whether anybody watches what goes on. */
  get isWatched(): boolean {
    return !this.#flags.json && !this.#flags.quiet;
  }

  /**
   * The command's result: the document with `--json`, else the lines for people.
   *
   * @param render called only when it is for people.
   */
  answer(document: unknown, render: (style: Style) => readonly string[]): void {
    const text = this.#flags.json
      ? `${JSON.stringify(document, null, 2)}\n`
      : render(styleFor(this.#invocation.stdout, this.#invocation))
          .map((line) => `${line}\n`)
          .join('');
    if (text !== '') this.#invocation.stdout.write(text);
  }

  /** Something a person watching should know; programs and `--quiet` have no use for it. */
  note(line: string): void {
    if (this.isWatched) this.#invocation.stderr.write(`${this.#errorStyle.advice(line)}\n`);
  }

  /** What may be wrong although the command goes on: told always. */
  warn(line: string): void {
    this.#invocation.stderr.write(
      `${this.#errorStyle.warning('Warning:')} ${this.#errorStyle.advice(line)}\n`,
    );
  }
}
