import type { ForeignKey } from '../schema/constraint.ts';
import type { Table } from '../schema/table.ts';

/** Tables in an order in which they can be created, and the keys that can only be added when all are there. */
export interface CreationOrder {
  readonly tables: readonly Table[];
  readonly postponed: readonly { readonly table: string; readonly key: ForeignKey }[];
}

/**
 * Puts every table behind those that its foreign keys refer to, keeping the given order where it is free to. Keys that
 * close a circle are taken out; a key to its own table stays. Without recursion: a chain may be as long as it likes.
 */
export function creationOrder(tables: readonly Table[]): CreationOrder {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const done = new Set<string>();
  const open = new Set<string>();
  const ordered: Table[] = [];
  const postponed: { table: string; key: ForeignKey }[] = [];
  const stack: { table: Table; keys: ForeignKey[]; next: number }[] = [];
  const visit = (table: Table) => {
    open.add(table.name);
    stack.push({ table, keys: [], next: 0 });
  };
  for (const start of tables) {
    if (!done.has(start.name)) visit(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const key = top.table.foreignKeys[top.next];
      if (key === undefined) {
        stack.pop();
        open.delete(top.table.name);
        done.add(top.table.name);
        ordered.push({ ...top.table, foreignKeys: top.keys });
        continue;
      }
      const target = key.refTable === top.table.name ? undefined : byName.get(key.refTable);
      if (target && !done.has(target.name) && !open.has(target.name)) {
        visit(target);
        continue;
      }
      if (target && open.has(target.name)) postponed.push({ table: top.table.name, key });
      else top.keys.push(key);
      top.next++;
    }
  }
  return { tables: ordered, postponed };
}
