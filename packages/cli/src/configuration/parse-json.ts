/**
 * Reads JSON.
 *
 * @throws SyntaxError whose message is one line and names the line of the mistake, which V8's does not always do.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = messageOf(cause);
    if (/\(line \d+ column \d+\)$/.test(message)) throw cause;
    const [what = ''] = message.split(/, (?:\.\.\.)?"/, 1);
    throw new SyntaxError(`${what.replace('\n', '\\n')} (line ${lineOfMistake(text)})`, { cause });
  }
}

/** The text up to the mistake is only too short, and one character more is wrong. */
function lineOfMistake(text: string): number {
  let end = 1;
  while (end < text.length && isTooShort(text.slice(0, end))) end += 1;
  return text.slice(0, end - 1).split('\n').length;
}

function isTooShort(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return !/^Unexpected (?:token|non-whitespace)/.test(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
