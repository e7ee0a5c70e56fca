import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';

/** A token of an expression, in PostgreSQL's terms: operators in one piece, names in the case they mean. */
export interface ExpressionToken {
  readonly kind: 'name' | 'string' | 'number' | 'operator' | 'symbol' | 'end';
  /** A name without quotes; the content of a string; else as written, in lower case. */
  readonly value: string;
  /** A name in quotes is never a keyword. */
  readonly quoted: boolean;
}

const operatorCharacters = /^[-+*/<>=~!@#%^&|`?]+$/;

/** Splits an expression, without spaces and comments. */
export function expressionTokens(source: string): ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  let operator = '';
  const flush = () => {
    tokens.push(...splitOperator(operator).map((value) => token('operator', value)));
    operator = '';
  };
  for (const each of tokenizeSql(source, 'symbols')) {
    if (each.kind === 'symbol' && operatorCharacters.test(each.text)) {
      operator += each.text;
      continue;
    }
    flush();
    const read = readToken(each);
    if (read) tokens.push(read);
  }
  flush();
  return tokens;
}

function token(kind: ExpressionToken['kind'], value: string, quoted = false): ExpressionToken {
  return { kind, value, quoted };
}

/** Source: PostgreSQL, "Lexical Structure", "Operators": where `=-` ends, the sign belongs to what follows. */
function splitOperator(text: string): string[] {
  if (text === '') return [];
  const sign = /^(.+?)([-+]+)$/.exec(text);
  if (!sign || /[~!@#%^&|`?]/.test(text)) return [text];
  return [sign[1] as string, ...(sign[2] as string)];
}

function readToken(each: SqlToken): ExpressionToken | null {
  switch (each.kind) {
    case 'space':
    case 'comment':
      return null;
    case 'word':
      return token('name', each.text.toLowerCase());
    case 'quoted':
      return token('name', each.value, true);
    case 'string':
      return token('string', /^[eE]/.test(each.text) ? each.value.replaceAll('\\\\', '\\') : each.value);
    default:
      return token(each.kind === 'number' ? 'number' : 'symbol', each.text.toLowerCase());
  }
}
