import type { ExpressionToken } from './expression-tokens.ts';

/** What has no canonical form here: the caller falls back on comparing tokens. */
export class UnknownSyntax extends Error {}

const end: ExpressionToken = { kind: 'end', value: '', quoted: false };

/** Tokens, read from left to right. */
export class TokenReader {
  readonly #tokens: readonly ExpressionToken[];
  #at = 0;

  constructor(tokens: readonly ExpressionToken[]) {
    this.#tokens = tokens;
  }

  peek(offset = 0): ExpressionToken {
    return this.#tokens[this.#at + offset] ?? end;
  }

  next(): ExpressionToken {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Whether the next token is this keyword or symbol. */
  sees(value: string, offset = 0): boolean {
    const token = this.peek(offset);
    return token.value === value && !token.quoted && token.kind !== 'string' && token.kind !== 'end';
  }

  /** Takes the next tokens if they are these keywords or symbols. */
  accepts(...values: readonly string[]): boolean {
    const all = values.every((value, offset) => this.sees(value, offset));
    if (all) this.#at += values.length;
    return all;
  }

  /** @throws UnknownSyntax */
  expect(value: string): void {
    if (!this.accepts(value)) throw new UnknownSyntax();
  }
}
