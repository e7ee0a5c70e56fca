/** Which tables a comparison is about. */
export interface TablePatterns {
  /** Only these, where given. */
  readonly include?: readonly string[];
  /** Not these; stronger than `include`. */
  readonly exclude?: readonly (string | RegExp)[];
}

/**
 * A test for the tables to leave out: those that no pattern includes, those that one excludes, and the migrator's own.
 *
 * @param patterns names, with `*` for any characters and `?` for one, or regular expressions.
 * @param own the version table and whatever else the migrator keeps for itself.
 */
export function excludedTables(patterns: TablePatterns, own: readonly string[]): (table: string) => boolean {
  const include = patterns.include?.map(toRegExp);
  const exclude = (patterns.exclude ?? []).map(toRegExp);
  return (table) =>
    own.includes(table) ||
    exclude.some((pattern) => matches(table, pattern)) ||
    (include !== undefined && !include.some((pattern) => matches(table, pattern)));
}

/** Unlike `test`, `search` heeds no place where a global expression ended before. */
function matches(table: string, pattern: RegExp): boolean {
  return table.search(pattern) !== -1;
}

function toRegExp(pattern: string | RegExp): RegExp {
  if (typeof pattern !== 'string') return pattern;
  const source = [...pattern].map((character) => {
    if (character === '*') return '.*';
    if (character === '?') return '.';
    return character.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'su');
}
