import type { OfflineDocument } from '@freshmaker/migrator/engine';

/** SQL as it is; nothing at all when there is nothing to do. */
export function sqlLines({ sql }: OfflineDocument): string[] {
  return sql === '' ? [] : [sql.replace(/\n$/, '')];
}
