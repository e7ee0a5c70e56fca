/** What a revision script says of itself, read from its text. */
export interface ScriptHeader {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** The whole docstring, without the comment's decoration. */
  readonly doc: string;
}

const name = '(revision|downRevision|branchLabels|dependsOn)';
const literal = String.raw`(null|undefined|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\[[^\]]*\])`;

/** A declaration of one of the names, and its value where that is a constant and a plain literal. */
const declaration = new RegExp(
  String.raw`export\s+(?:const|let|var)\s+${name}\b` +
    String.raw`(?:(?<=const\s+\w+)\s*(?::[^=\n]+)?=\s*${literal}(?:\s+as\s+const)?\s*(?:;|$|\/\/|\/\*))?`,
  'my',
);

/**
 * Reads the identifiers of a script without running it. The text is gone through once, from line to line that begins an
 * export: a history may have thousands of scripts.
 *
 * @param text the script's source.
 * @returns null when they are not plain literals: the script must then be loaded to know them.
 */
export function readScriptHeader(text: string): ScriptHeader | null {
  const values = new Map<string, readonly string[]>();
  for (let at = startOfExport(text, 0); at !== -1; at = startOfExport(text, at + 1)) {
    declaration.lastIndex = at;
    const [found, name, value] = declaration.exec(text) ?? [];
    if (found === undefined || name === undefined) continue;
    const strings = value === undefined ? null : readStrings(value);
    if (values.has(name) || strings === null) return null;
    values.set(name, strings);
  }
  const [revision] = values.get('revision') ?? [];
  if (revision === undefined || !values.has('downRevision')) return null;
  return {
    revision,
    downRevisions: values.get('downRevision') ?? [],
    branchLabels: values.get('branchLabels') ?? [],
    dependsOn: values.get('dependsOn') ?? [],
    doc: readDocstring(text),
  };
}

/** Where the next line begins with `export`, from a place on; -1 where none does. */
function startOfExport(text: string, from: number): number {
  if (from === 0 && text.startsWith('export')) return 0;
  const before = text.indexOf('\nexport', Math.max(0, from - 1));
  return before === -1 ? -1 : before + 1;
}

/** The strings of a literal: none for null, one for a string, all of an array; null when it holds anything else. */
function readStrings(literal: string): string[] | null {
  if (literal === 'null' || literal === 'undefined') return [];
  if (!literal.startsWith('[')) return [unescaped(literal.slice(1, -1))];
  const withoutComments = literal.slice(1, -1).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  const strings: string[] = [];
  const rest = withoutComments.replace(
    /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g,
    (_, single, double) => {
      strings.push(unescaped(single ?? double));
      return '';
    },
  );
  return /^[\s,]*$/.test(rest) ? strings : null;
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.)/g, '$1') : text;
}

/** The first block comment that stands before any code, its stars and common indentation removed. */
export function readDocstring(text: string): string {
  const comment = /^(?:#![^\n]*\n)?(?:\s|\/\/[^\n]*\n)*\/\*\*?([\s\S]*?)\*\//.exec(text)?.[1];
  if (comment === undefined) return '';
  return comment
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

/** The line that `history` shows. */
export function messageOf(doc: string): string {
  return doc.split('\n', 1)[0]?.trim() ?? '';
}

/** The moment the script says it was made, as written. */
export function createDateOf(doc: string): string | null {
  return /^Create Date:[ \t]*(\S.*)$/im.exec(doc)?.[1]?.trim() ?? null;
}
