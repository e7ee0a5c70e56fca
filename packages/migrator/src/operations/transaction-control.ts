import { splitStatements } from '../schema/split-statements.ts';
import { tokenizeSql } from '../schema/sql-lexer.ts';

/** Text that no keyword stands in; PostgreSQL's dollar quotes are nothing the lexer knows. */
const opaque = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/g;

const controls = new Set(['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT']);

/**
 * The first statement of a text that begins or ends a transaction; savepoints are none.
 *
 * @param text statements in either dialect.
 * @returns null when there is none, and for bodies in `BEGIN ATOMIC … END`, which are not told apart.
 */
export function transactionControlIn(text: string): string | null {
  const plain = text.replaceAll(opaque, (match) => (/^['"$]/.test(match) ? "''" : ' '));
  if (/\bATOMIC\b/i.test(plain)) return null;
  return splitStatements(plain).find(isTransactionControl) ?? null;
}

function isTransactionControl(statement: string): boolean {
  const words = tokenizeSql(statement).flatMap((token) =>
    token.kind === 'word' ? [token.text.toUpperCase()] : [],
  );
  const [first = '', second] = words;
  if (first === 'PREPARE') return second === 'TRANSACTION';
  return controls.has(first) && !(first === 'ROLLBACK' && words.includes('TO'));
}
