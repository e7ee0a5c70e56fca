/** A text as a POSIX shell reads it as one word: as it stands where nothing in it means something there, else in quotes. */
export function shellWord(text: string): string {
  return text !== '' && !/[\s"'`$&|;<>()*?[\]{}\\!#~]/.test(text)
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`;
}
