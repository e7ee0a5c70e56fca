/** What a revision script says of itself, read from its text. */
export interface ScriptHeader {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** The whole docstring, without the comment's decoration. */
  readonly doc: string;
}

const constant = (name: string) =>
  new RegExp(
    String.raw`^export\s+const\s+${name}\s*(?::[^=\n]+)?=\s*` +
      String.raw`(null|undefined|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\[[^\]]*\])` +
      String.raw`(?:\s+as\s+const)?\s*(?:;|$|\/\/|\/\*)`,
    'gm',
  );

const identifiers = ['revision', 'downRevision', 'branchLabels', 'dependsOn'] as const;

/**
 * Reads the identifiers of a script without running it.
 *
 * @param text the script's source.
 * @returns null when they are not plain literals: the script must then be loaded to know them.
 */
export function readScriptHeader(text: string): ScriptHeader | null {
  const values = new Map<string, readonly string[]>();
  for (const name of identifiers) {
    const declared = text.match(new RegExp(String.raw`^export\s+(?:const|let|var)\s+${name}\b`, 'gm')) ?? [];
    if (declared.length === 0) continue;
    const [literal, ...others] = [...text.matchAll(constant(name))];
    const strings = literal?.[1] === undefined ? null : readStrings(literal[1]);
    if (declared.length > 1 || others.length > 0 || strings === null) return null;
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

/** The strings of a literal: none for null, one for a string, all of an array; null when it holds anything else. */
function readStrings(literal: string): string[] | null {
  if (literal === 'null' || literal === 'undefined') return [];
  const inner = literal.startsWith('[') ? literal.slice(1, -1) : literal;
  const withoutComments = inner.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  const strings: string[] = [];
  const rest = withoutComments.replace(
    /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g,
    (_, single, double) => {
      strings.push((single ?? double).replace(/\\(.)/g, '$1'));
      return '';
    },
  );
  return /^[\s,]*$/.test(rest) ? strings : null;
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
