import { callOf } from './expression-call.ts';
import type { ExpressionGrammar } from './expression-grammar.ts';
import { array, type ExpressionNode, leaf, negate, PRECEDENCE, row } from './expression-node.ts';
import { skipTypeName, typeNameLength } from './expression-type-name.ts';
import { UnknownSyntax } from './token-reader.ts';

/** What stands before any binary operator: an operand with its prefix and postfix operators. */
export function parsePrefix(parser: ExpressionGrammar): ExpressionNode {
  if (parser.reader.accepts('not')) return negate(parser.parse(PRECEDENCE.not));
  if (parser.reader.peek().kind === 'operator') {
    const { value } = parser.reader.next();
    const operand = parser.parse(value === '-' || value === '+' ? PRECEDENCE.sign : PRECEDENCE.other);
    if (value === '+') return operand;
    return value === '-' && /^\d/.test(operand.text)
      ? leaf(`-${operand.text}`)
      : leaf(`(${value}${operand.text})`);
  }
  return postfix(parser, operand(parser));
}

/** Casts are left out: PostgreSQL adds them wherever it likes. */
function postfix(parser: ExpressionGrammar, node: ExpressionNode): ExpressionNode {
  if (parser.reader.accepts('::')) {
    skipTypeName(parser.reader);
    return postfix(parser, node);
  }
  if (parser.reader.accepts('['))
    return postfix(parser, leaf(`${node.text}[${parser.list(']').map(textOf).join(', ')}]`));
  if (parser.reader.accepts('.')) return postfix(parser, leaf(`${node.text}.${parser.reader.next().value}`));
  return node;
}

function operand(parser: ExpressionGrammar): ExpressionNode {
  const token = parser.reader.peek();
  if (parser.reader.accepts('(')) return parenthesised(parser.list(')'));
  if (token.kind === 'string' || token.kind === 'number') {
    parser.reader.next();
    return leaf(token.kind === 'string' ? literal(token.value) : token.value);
  }
  if (token.kind !== 'name') throw new UnknownSyntax();
  if (parser.reader.accepts('array', '[')) return array(parser.list(']'));
  if (parser.reader.accepts('row', '(')) return row(parser.list(')'));
  if (parser.reader.accepts('cast', '(')) return cast(parser);
  if (parser.reader.accepts('case')) return choice(parser);
  const type = typeNameLength(parser.reader);
  if (type > 0 && parser.reader.peek(type).kind === 'string') {
    for (let skipped = 0; skipped < type; skipped++) parser.reader.next();
    return leaf(literal(parser.reader.next().value));
  }
  return nameOrCall(parser);
}

const textOf = (node: ExpressionNode) => node.text;

function parenthesised(items: readonly ExpressionNode[]): ExpressionNode {
  const [only] = items;
  if (items.length === 1 && only) return only;
  return row(items);
}

/** Numbers are written bare, and midnight left out, since PostgreSQL writes both as it pleases. */
function literal(text: string): string {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  const short = text.replace(/^(\d{4}-\d\d-\d\d) 00:00:00(?:\+00)?$/, '$1');
  const elements = /^\{([^{}"\\]*)\}$/.exec(short)?.[1];
  if (elements !== undefined) {
    return `[${elements === '' ? '' : elements.split(',').map(literal).join(', ')}]`;
  }
  return `'${short.replaceAll("'", "''")}'`;
}

function cast(parser: ExpressionGrammar): ExpressionNode {
  const node = parser.parse(0);
  parser.reader.expect('as');
  skipTypeName(parser.reader);
  parser.reader.expect(')');
  return node;
}

function choice(parser: ExpressionGrammar): ExpressionNode {
  const parts = ['case'];
  if (!parser.reader.sees('when')) parts.push(parser.parse(0).text);
  while (parser.reader.accepts('when')) {
    const condition = parser.parse(0).text;
    parser.reader.expect('then');
    parts.push(`when ${condition} then ${parser.parse(0).text}`);
  }
  if (parser.reader.accepts('else')) {
    const otherwise = parser.parse(0).text;
    if (otherwise !== 'null') parts.push(`else ${otherwise}`);
  }
  parser.reader.expect('end');
  return leaf(`(${parts.join(' ')} end)`);
}

/** A column loses its table's name, a function the catalog's. */
function nameOrCall(parser: ExpressionGrammar): ExpressionNode {
  let token = parser.reader.next();
  while (parser.reader.sees('.') && parser.reader.peek(1).kind === 'name') {
    parser.reader.next();
    token = parser.reader.next();
  }
  if (parser.reader.accepts('(')) return callOf(parser, token.value);
  if (['current_timestamp', 'transaction_timestamp'].includes(token.value) && !token.quoted)
    return leaf('now()');
  return leaf(/^[a-z_][a-z0-9_$]*$/.test(token.value) ? token.value : `"${token.value}"`);
}
