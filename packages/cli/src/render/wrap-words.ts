/**
 * Breaks a text into lines between its words; a word that is longer than a line stays whole. Lines that begin with spaces
 * go on behind as many.
 *
 * @param columns how long a line may be.
 */
export function wrapWords(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n');
}

function wrapLine(line: string, columns: number): string {
  const [indent = ''] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  let begun: string | null = null;
  for (const word of line.slice(indent.length).split(' ')) {
    const longer: string = begun === null ? indent + word : `${begun} ${word}`;
    if (begun !== null && longer.length > columns) {
      lines.push(begun);
      begun = indent + word;
    } else begun = longer;
  }
  return [...lines, begun].join('\n');
}
