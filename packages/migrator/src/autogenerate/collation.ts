import type { Dialect } from '../dialects/dialect.ts';

/** What a database compares text by when nothing is said. */
const usual = { sqlite: 'BINARY', postgresql: 'default' } as const;

/** SQLite's collations are the same in any case; naming the usual one is naming none. */
export function sameCollation(left: string | null, right: string | null, dialect: Dialect): boolean {
  const canonical = (collation: string | null) => {
    const name = collation ?? usual[dialect.name];
    return dialect.name === 'sqlite' ? name.toUpperCase() : name;
  };
  return canonical(left) === canonical(right);
}
