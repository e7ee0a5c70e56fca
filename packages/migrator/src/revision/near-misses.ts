/** How many suggestions an error carries at most. */
const limit = 3;

/**
 * The names most like a mistyped one, best first: those within a third of its length in edits (adjacent
 * letters swapped count once). A name longer than what was typed is also compared by its beginning, since
 * identifiers may be shortened.
 *
 * @param typed what was asked for
 * @param names what exists
 * @returns at most three names
 */
export function nearMisses(typed: string, names: Iterable<string>): readonly string[] {
  const allowed = Math.min(3, Math.floor(typed.length / 3));
  if (allowed === 0) return [];
  const found: { readonly name: string; readonly distance: number }[] = [];
  for (const name of names) {
    const whole = editDistance(typed, name, allowed);
    const beginning = name.length > typed.length && typed.length >= 4 ? name.slice(0, typed.length) : null;
    const distance = beginning === null ? whole : Math.min(whole, editDistance(typed, beginning, allowed));
    if (distance <= allowed) found.push({ name, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Optimal string alignment distance, case folded; any number above `most` when it is above. */
function editDistance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  const a = left.toLowerCase();
  const b = right.toLowerCase();
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforePrevious[column - 2] as number) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] as number;
}
