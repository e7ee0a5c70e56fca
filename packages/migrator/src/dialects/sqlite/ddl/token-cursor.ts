import { type SqlToken, tokenizeSql } from '../../../schema/sql-lexer.ts';

/** Why a stored definition could not be read. */
export class UnreadableDefinition extends Error {}

/** Walks over the tokens of a statement, skipping white space and collecting the comments it passes. */
export class TokenCursor {
  readonly #tokens: readonly SqlToken[];
  #at = 0;
  /** The comments that were passed outside expressions, in order. */
  readonly comments: string[] = [];

  constructor(sql: string) {
    this.#tokens = tokenizeSql(sql);
    this.#skip();
  }

  /** The next token; undefined at the end. */
  get current(): SqlToken | undefined {
    return this.#tokens[this.#at];
  }

  #after(at: number): number {
    let next = at + 1;
    while (this.#tokens[next]?.kind === 'space' || this.#tokens[next]?.kind === 'comment') next++;
    return next;
  }

  #skip(): void {
    for (
      let token = this.current;
      token?.kind === 'space' || token?.kind === 'comment';
      token = this.current
    ) {
      if (token.kind === 'comment') this.comments.push(token.text);
      this.#at++;
    }
  }

  advance(): SqlToken {
    const token = this.current;
    if (!token) throw new UnreadableDefinition('it ends too early');
    this.#at++;
    this.#skip();
    return token;
  }

  /** Whether the next tokens are these, unquoted, in any case. */
  looksAt(...words: readonly string[]): boolean {
    let at = this.#at;
    return words.every((word, number) => {
      if (number > 0) at = this.#after(at);
      return isWord(this.#tokens[at], word);
    });
  }

  /** Passes these words if they come next. */
  accept(...words: readonly string[]): boolean {
    if (!isWord(this.current, words[0] ?? '') || !this.looksAt(...words)) return false;
    for (const _ of words) this.advance();
    return true;
  }

  expect(...words: readonly string[]): void {
    if (this.accept(...words)) return;
    throw new UnreadableDefinition(`"${words.join(' ')}" was expected before ${this.describeCurrent()}`);
  }

  /** A name, quoted in any of the ways SQLite allows. */
  name(): string {
    const token = this.current;
    if (token?.kind !== 'word' && token?.kind !== 'quoted' && token?.kind !== 'string') {
      throw new UnreadableDefinition(`a name was expected before ${this.describeCurrent()}`);
    }
    return this.advance().value;
  }

  /** What stands in the parentheses that come next, as it is written. */
  parenthesized(): string {
    if (!isWord(this.current, '(')) {
      throw new UnreadableDefinition(`"(" was expected before ${this.describeCurrent()}`);
    }
    const start = this.#at + 1;
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const text = this.#tokens[this.#at]?.text;
      if (text === '(') depth++;
      if (text === ')') depth--;
      if (depth === 0) break;
    }
    const inner = this.#tokens.slice(start, this.#at);
    this.advance();
    return inner
      .map((token) => token.text)
      .join('')
      .trim();
  }

  /** The text from the next token up to the first one that `stop` wants, without the space between them. */
  textUntil(stop: (token: SqlToken) => boolean): string {
    const start = this.#at;
    let end = start;
    for (let token = this.current; token && !stop(token); token = this.current) {
      end = this.#at + 1;
      if (token.text === '(') {
        this.parenthesized();
        end = this.#lastMeaningful() + 1;
      } else {
        this.advance();
      }
    }
    return this.#tokens
      .slice(start, end)
      .map((token) => token.text)
      .join('');
  }

  #lastMeaningful(): number {
    let at = this.#at - 1;
    while (this.#tokens[at]?.kind === 'space' || this.#tokens[at]?.kind === 'comment') at--;
    return at;
  }

  describeCurrent(): string {
    return this.current ? `"${this.current.text}"` : 'its end';
  }
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token !== undefined && token.kind !== 'quoted' && token.text.toUpperCase() === word;
}
