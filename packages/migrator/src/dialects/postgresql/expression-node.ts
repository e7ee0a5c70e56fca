/** An expression in canonical text; `and` and `or` keep their parts, so that they can be flattened. */
export interface ExpressionNode {
  readonly text: string;
  readonly junction?: { readonly kind: 'and' | 'or'; readonly parts: readonly string[] };
  /** The values of a row, which is compared value by value. */
  readonly row?: readonly ExpressionNode[];
}

/**
 * How tight operators bind. Source: PostgreSQL, "Lexical Structure", "Operator Precedence".
 */
export const PRECEDENCE = {
  or: 1,
  and: 2,
  not: 3,
  is: 4,
  comparison: 5,
  like: 6,
  other: 7,
  sum: 8,
  product: 9,
  power: 10,
  at: 11,
  collate: 12,
  sign: 13,
} as const;

export function leaf(text: string): ExpressionNode {
  return { text };
}

export function binary(left: ExpressionNode, operator: string, right: ExpressionNode): ExpressionNode {
  return leaf(`(${left.text} ${operator} ${right.text})`);
}

export function row(items: readonly ExpressionNode[]): ExpressionNode {
  return { text: `row(${items.map((each) => each.text).join(', ')})`, row: items };
}

/** `(a, b) = (1, 2)` is `a = 1 AND b = 2`. */
export function compare(left: ExpressionNode, operator: string, right: ExpressionNode): ExpressionNode {
  const pairs = left.row?.flatMap((each, at) => {
    const other = right.row?.[at];
    return other ? [binary(each, operator, other)] : [];
  });
  if (!pairs || pairs.length !== right.row?.length) return binary(left, operator, right);
  if (operator === '=') return pairs.reduce(and);
  return operator === '<>' ? pairs.reduce(or) : binary(left, operator, right);
}

export function negate(node: ExpressionNode): ExpressionNode {
  return leaf(`(not ${node.text})`);
}

export function array(items: readonly ExpressionNode[]): ExpressionNode {
  return leaf(`[${items.map((each) => each.text).join(', ')}]`);
}

export function and(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  return junction('and', left, right);
}

export function or(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  return junction('or', left, right);
}

function junction(kind: 'and' | 'or', left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  const partsOf = (node: ExpressionNode) =>
    node.junction?.kind === kind ? node.junction.parts : [node.text];
  const parts = [...partsOf(left), ...partsOf(right)];
  return { text: `(${parts.join(` ${kind} `)})`, junction: { kind, parts } };
}
