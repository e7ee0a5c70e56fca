import type { ExpressionGrammar } from './expression-grammar.ts';
import {
  and,
  array,
  binary,
  compare,
  type ExpressionNode,
  leaf,
  negate,
  or,
  PRECEDENCE,
} from './expression-node.ts';
import { parsePrefix } from './expression-prefix.ts';
import type { ExpressionToken } from './expression-tokens.ts';
import { TokenReader, UnknownSyntax } from './token-reader.ts';

/**
 * Reads one of PostgreSQL's expressions.
 *
 * @throws UnknownSyntax where it has what is not known here.
 */
export function parseExpression(tokens: readonly ExpressionToken[]): ExpressionNode {
  const reader = new TokenReader(tokens);
  const node = new ExpressionParser(reader).parse(0);
  if (reader.peek().kind !== 'end') throw new UnknownSyntax();
  return node;
}

/** Precedence climbing. */
class ExpressionParser implements ExpressionGrammar {
  readonly reader: TokenReader;

  constructor(reader: TokenReader) {
    this.reader = reader;
  }

  /** Expressions up to a closing symbol, which is taken. */
  list(close: string): ExpressionNode[] {
    const items: ExpressionNode[] = [];
    if (this.reader.accepts(close)) return items;
    do items.push(this.parse(0));
    while (this.reader.accepts(','));
    this.reader.expect(close);
    return items;
  }

  /** An expression of operators that bind tighter than `minimum`. */
  parse(minimum: number): ExpressionNode {
    let left = parsePrefix(this);
    for (;;) {
      const node = this.#infix(left, minimum);
      if (node === null) return left;
      left = node;
    }
  }

  #infix(left: ExpressionNode, minimum: number): ExpressionNode | null {
    const fits = (precedence: number) => precedence > minimum;
    if (fits(PRECEDENCE.or) && this.reader.accepts('or')) return or(left, this.parse(PRECEDENCE.or));
    if (fits(PRECEDENCE.and) && this.reader.accepts('and')) return and(left, this.parse(PRECEDENCE.and));
    if (fits(PRECEDENCE.is)) {
      const node = this.#is(left);
      if (node) return node;
    }
    if (fits(PRECEDENCE.like)) {
      const node = this.#like(left);
      if (node) return node;
    }
    if (fits(PRECEDENCE.at) && this.reader.accepts('at', 'time', 'zone'))
      return binary(left, 'at time zone', this.parse(PRECEDENCE.at));
    if (fits(PRECEDENCE.collate) && this.reader.accepts('collate'))
      return binary(left, 'collate', leaf(this.reader.next().value));
    return this.#operator(left, minimum);
  }

  #is(left: ExpressionNode): ExpressionNode | null {
    if (this.reader.accepts('isnull')) return leaf(`(${left.text} is null)`);
    if (this.reader.accepts('notnull')) return leaf(`(${left.text} is not null)`);
    if (!this.reader.accepts('is')) return null;
    const not = this.reader.accepts('not');
    if (this.reader.accepts('distinct', 'from')) {
      const node = binary(left, 'is distinct from', this.parse(PRECEDENCE.is));
      return not ? negate(node) : node;
    }
    const { value } = this.reader.next();
    if (!['null', 'true', 'false', 'unknown'].includes(value)) throw new UnknownSyntax();
    return leaf(`(${left.text} is ${not ? 'not ' : ''}${value})`);
  }

  #like(left: ExpressionNode): ExpressionNode | null {
    const not =
      this.reader.sees('not') &&
      ['in', 'like', 'ilike', 'between', 'similar'].includes(this.reader.peek(1).value);
    if (not) this.reader.next();
    if (this.reader.accepts('like')) return this.#pattern(left, not ? '!~~' : '~~');
    if (this.reader.accepts('ilike')) return this.#pattern(left, not ? '!~~*' : '~~*');
    if (this.reader.accepts('between')) return this.#between(left, not);
    if (this.reader.accepts('in', '(')) {
      const items = this.list(')');
      const [only] = items;
      if (only && items.length === 1) return binary(left, not ? '<>' : '=', only);
      return binary(left, not ? '<> all' : '= any', array(items));
    }
    if (not) throw new UnknownSyntax();
    return null;
  }

  #pattern(left: ExpressionNode, operator: string): ExpressionNode {
    const pattern = this.parse(PRECEDENCE.like);
    if (!this.reader.accepts('escape')) return binary(left, operator, pattern);
    return binary(left, operator, leaf(`like_escape(${pattern.text}, ${this.parse(PRECEDENCE.like).text})`));
  }

  #between(left: ExpressionNode, not: boolean): ExpressionNode {
    const low = this.parse(PRECEDENCE.like);
    this.reader.expect('and');
    const high = this.parse(PRECEDENCE.like);
    return not
      ? or(binary(left, '<', low), binary(left, '>', high))
      : and(binary(left, '>=', low), binary(left, '<=', high));
  }

  #operator(left: ExpressionNode, minimum: number): ExpressionNode | null {
    const { kind, value } = this.reader.peek();
    if (kind !== 'operator') return null;
    const operator = value === '!=' ? '<>' : value;
    const precedence = precedenceOf(operator);
    if (precedence <= minimum) return null;
    this.reader.next();
    const quantifier = ['any', 'some', 'all'].find(
      (each) => this.reader.sees(each) && this.reader.sees('(', 1),
    );
    if (quantifier === undefined) return compare(left, operator, this.parse(precedence));
    this.reader.accepts(quantifier, '(');
    const [set, ...others] = this.list(')');
    if (!set || others.length > 0) throw new UnknownSyntax();
    return binary(left, `${operator} ${quantifier === 'all' ? 'all' : 'any'}`, set);
  }
}

function precedenceOf(operator: string): number {
  if (['=', '<', '>', '<=', '>=', '<>'].includes(operator)) return PRECEDENCE.comparison;
  if (operator === '+' || operator === '-') return PRECEDENCE.sum;
  if (['*', '/', '%'].includes(operator)) return PRECEDENCE.product;
  return operator === '^' ? PRECEDENCE.power : PRECEDENCE.other;
}
