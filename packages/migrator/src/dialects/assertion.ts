/**
 * What to say when an assertion does not hold: `{name}` in its message stands for the value of that column of the row
 * its query gave.
 *
 * @param row the first row of the query's result; undefined where there is none.
 */
export function assertionFailure(
  message: string,
  row: Readonly<Record<string, unknown>> | undefined,
): string {
  return message.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    row && Object.hasOwn(row, name) ? String(row[name]) : whole,
  );
}
