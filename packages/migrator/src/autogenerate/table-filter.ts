/** Which tables a comparison is about. */
export interface TablePatterns {
  /** Only these, where given. */
  readonly include?: readonly string[];
  /** Not these; stronger than `include`. */
  readonly exclude?: readonly string[];
}

/**
 * A test for the tables to leave out: those that no pattern includes, those that one excludes, and the migrator's own.
 *
 * @param patterns names, with `*` for any characters and `?` for one.
 * @param own the version table and whatever else the migrator keeps for itself.
 */
export function excludedTables(patterns: TablePatterns, own: readonly string[]): (table: string) => boolean {
  const include = patterns.include?.map(toRegExp);
  const exclude = (patterns.exclude ?? []).map(toRegExp);
  return (table) =>
    own.includes(table) ||
    exclude.some((pattern) => pattern.test(table)) ||
    (include !== undefined && !include.some((pattern) => pattern.test(table)));
}

function toRegExp(pattern: string): RegExp {
  const source = [...pattern].map((character) => {
    if (character === '*') return '.*';
    if (character === '?') return '.';
    return character.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'su');
}
