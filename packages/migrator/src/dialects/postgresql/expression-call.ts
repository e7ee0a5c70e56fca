import type { ExpressionGrammar } from './expression-grammar.ts';
import { type ExpressionNode, leaf, PRECEDENCE } from './expression-node.ts';

/** Words that stand between the arguments of the functions that SQL gives a syntax of their own. */
const separators = ['from', 'for', 'in', 'placing', 'both', 'leading', 'trailing', 'distinct', 'order', 'by'];

/** A function's arguments, from behind the opening parenthesis. */
export function callOf(parser: ExpressionGrammar, name: string): ExpressionNode {
  if (parser.reader.accepts('*')) {
    parser.reader.expect(')');
    return leaf(`${name}(*)`);
  }
  const parts: string[] = [];
  while (!parser.reader.accepts(')')) {
    const separator = separators.find((each) => parser.reader.sees(each));
    if (separator !== undefined) {
      parser.reader.next();
      parts.push(separator);
    } else if (parser.reader.accepts(',')) {
      parts.push(',');
    } else {
      // `position(a in b)`: what follows `in` is an argument of its own.
      parts.push(parser.parse(name === 'position' ? PRECEDENCE.like : 0).text);
    }
  }
  return leaf(
    `${canonicalName(name, parts)}(${canonicalArguments(name, parts).join(' ').replaceAll(' , ', ', ')})`,
  );
}

function canonicalName(name: string, parts: readonly string[]): string {
  if (name === 'transaction_timestamp' && parts.length === 0) return 'now';
  return name;
}

/** `trim(x)` is `TRIM(BOTH FROM x)`. */
function canonicalArguments(name: string, parts: readonly string[]): readonly string[] {
  const bare = name === 'trim' && !parts.some((each) => separators.includes(each));
  return bare ? ['both', 'from', ...parts] : parts;
}
