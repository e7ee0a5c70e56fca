import type { ExpressionNode } from './expression-node.ts';
import type { TokenReader } from './token-reader.ts';

/** What the parts of the grammar use of each other. */
export interface ExpressionGrammar {
  readonly reader: TokenReader;
  /** An expression of operators that bind tighter than `minimum` (see `PRECEDENCE`). */
  parse(minimum: number): ExpressionNode;
  /** Expressions up to a closing symbol, which is taken. */
  list(close: string): ExpressionNode[];
}
