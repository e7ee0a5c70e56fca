/** Pieces of JavaScript in which white space and comments mean something else, or nothing. */
const pieces =
  /(?<comment>\/\*[\s\S]*?\*\/|\/\/[^\n]*)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|(?<space>\s+)|(?<word>[\p{ID_Start}\p{N}$_][\p{ID_Continue}$]*)|(?<other>[\s\S])/gu;

/**
 * A function's text without what a formatter, a compiler or an author of comments may change: white space, comments,
 * semicolons, trailing commas, and which quotes stand around a string.
 */
export function canonicalCode(source: string): string {
  let text = '';
  let word = false;
  for (const { groups = {} } of source.matchAll(pieces)) {
    if (groups.comment !== undefined || groups.space !== undefined || groups.other === ';') continue;
    // Words need something between them; all else does not.
    if (groups.word !== undefined) text += word ? ` ${groups.word}` : groups.word;
    else text += groups.string === undefined ? groups.other : canonicalString(groups.string);
    word = groups.word !== undefined;
  }
  return text.replace(/,(?=[)\]}])/g, '');
}

function canonicalString(literal: string): string {
  if (!literal.startsWith("'")) return literal;
  return `"${literal
    .slice(1, -1)
    .replaceAll("\\'", "'")
    .replace(/(?<!\\)"/g, '\\"')}"`;
}
