import { QueryOrder, type QueryOrderMap } from '@mikro-orm/core';

/** A key to sort by, descending with a minus sign before it. */
export type OrderBy<Key extends string> = Key | `-${Key}`;

/**
 * What to sort a query by: the key, and the id in the same direction where the key alone would leave the order open. Nulls
 * are first ascending and last descending on every engine, as SQLite has it.
 *
 * @param nullable - the keys that can be null.
 */
export function orderOf<T extends { id: number }>(
  order: string,
  nullable: ReadonlySet<string>,
): QueryOrderMap<T>[] {
  const descending = order.startsWith('-');
  const key = descending ? order.slice(1) : order;
  const plain = descending ? QueryOrder.DESC : QueryOrder.ASC;
  const withNulls = descending ? QueryOrder.DESC_NULLS_LAST : QueryOrder.ASC_NULLS_FIRST;
  const byKey = { [key]: nullable.has(key) ? withNulls : plain };
  return (key === 'id' ? [byKey] : [byKey, { id: plain }]) as QueryOrderMap<T>[];
}
