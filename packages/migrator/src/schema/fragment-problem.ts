type Dialect = 'sqlite' | 'postgresql';

/**
 * What one dialect reads as one piece, whatever stands inside, or as a name or white space. To refuse by it, it is stricter than
 * `sql-lexer.ts`, which reads both dialects at once and takes for a symbol what has no end.
 *
 * Sources: SQLite, "SQL As Understood By SQLite", tokens; PostgreSQL, "Lexical Structure".
 */
const pieces: Readonly<Record<Dialect, RegExp>> = {
  sqlite:
    /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[A-Za-z_\u{80}-\u{10ffff}][\w$\u{80}-\u{10ffff}]*/uy,
  postgresql:
    /\s+|--[^\n]*|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u{80}-\u{10ffff}][\w\u{80}-\u{10ffff}]*)?\$[\s\S]*?\$\1\$|[A-Za-z_\u{80}-\u{10ffff}][\w$\u{80}-\u{10ffff}]*/uy,
};

/** What begins a piece that has no end, where no whole one was found. */
const openings: Readonly<Record<Dialect, RegExp>> = {
  sqlite: /'|"|`|\[|\/\*/y,
  postgresql: /'|"|\/\*|\$(?:[A-Za-z_]\w*)?\$/y,
};

const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

/**
 * Why a piece of SQL cannot stand where one expression, or one type, belongs: beside what is meant it would end what it stands
 * in, or begin something else, and a database may take that for a part of the definition.
 *
 * @param dialect whose text it is; without it, a text that either takes is taken: they differ in brackets, dollar quotes and
 *   comments within comments.
 * @returns null where there is nothing against it; whether it means anything only a database knows.
 */
export function fragmentProblem(text: string, dialect?: Dialect): string | null {
  if (dialect !== undefined) return problemIn(text, dialect);
  const problem = problemIn(text, 'sqlite');
  return problem === null ? null : problemIn(text, 'postgresql') && problem;
}

function problemIn(text: string, dialect: Dialect): string | null {
  const open: string[] = [];
  let isEmpty = true;
  for (let offset = 0; offset < text.length; ) {
    const piece = pieceAt(text, offset, dialect);
    if (piece !== '') {
      isEmpty &&= /^(?:\s|--|\/\*)/.test(piece);
      offset += piece.length;
      continue;
    }
    const opening = matchAt(openings[dialect], text, offset);
    if (opening !== '') return `it has ${opening} without an end`;
    const symbol = text[offset] as string;
    isEmpty = false;
    if (symbol === '(' || symbol === '[') open.push(symbol);
    if (symbol in pairs && open.pop() !== pairs[symbol]) return `it has ${symbol} without ${pairs[symbol]}`;
    if (symbol === ';') return 'it has a semicolon, which ends a statement';
    if (symbol === ',' && open.length === 0) return 'it has a comma, which parts it from something else';
    offset += 1;
  }
  if (isEmpty) return 'there is nothing in it';
  return open.length === 0 ? null : `it has ${open.at(-1)} without ${open.at(-1) === '(' ? ')' : ']'}`;
}

function pieceAt(text: string, offset: number, dialect: Dialect): string {
  return dialect === 'postgresql' && text.startsWith('/*', offset)
    ? nestedComment(text, offset)
    : matchAt(pieces[dialect], text, offset);
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? '';
}

/** PostgreSQL's comments hold others. */
function nestedComment(text: string, offset: number): string {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = offset;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return text.slice(offset, marks.lastIndex);
  }
  return '';
}
