import type { Operation } from '@freshmaker/migrator/engine';

/** What becomes of a column. */
export interface KeptColumn {
  readonly name: string;
  /** Its type changes: the value is written in another way, and only the way back shows whether it is the same. */
  readonly retyped: boolean;
  /** NULL gets a value. */
  readonly filled: boolean;
}

export interface KeptTable {
  readonly name: string;
  readonly columns: ReadonlyMap<string, KeptColumn>;
}

/** What of a schema is still there after operations, under which name. What is missing is said to go. */
export type KeptNames = ReadonlyMap<string, KeptTable>;

/** @param names tables and their columns before the operations. */
export function keptNames(
  names: ReadonlyMap<string, readonly string[]>,
  operations: readonly Operation[],
): KeptNames {
  const kept = new Map(
    [...names].map(([table, columns]) => [
      table,
      {
        name: table,
        columns: new Map(columns.map((name) => [name, { name, retyped: false, filled: false }])),
      },
    ]),
  );
  const byPresentName = (present: string) => [...kept].find(([, { name }]) => name === present);
  for (const operation of operations) {
    const found =
      'table' in operation && operation.table !== null ? byPresentName(operation.table) : undefined;
    if (found === undefined) continue;
    const [original, table] = found;
    if (operation.kind === 'dropTable') kept.delete(original);
    else if (operation.kind === 'renameTable') kept.set(original, { ...table, name: operation.to });
    else applyToColumns(table.columns, operation);
  }
  return kept;
}

function applyToColumns(columns: Map<string, KeptColumn>, operation: Operation): void {
  if (!('column' in operation) || typeof operation.column !== 'string') return;
  const { column } = operation;
  const found = [...columns].find(([, { name }]) => name === column);
  if (found === undefined) return;
  const [original, kept] = found;
  if (operation.kind === 'dropColumn') columns.delete(original);
  if (operation.kind === 'renameColumn') columns.set(original, { ...kept, name: operation.to });
  if (operation.kind === 'alterColumn') {
    columns.set(original, {
      ...kept,
      retyped: kept.retyped || operation.change.type !== undefined,
      filled: kept.filled || operation.backfill !== null,
    });
  }
}

/** What is kept by two lists of operations, one after the other. A type that changes twice may be the old one again. */
export function thenKept(first: KeptNames, second: KeptNames): KeptNames {
  return new Map(
    [...first].flatMap(([original, { name, columns }]) => {
      const table = second.get(name);
      if (table === undefined) return [];
      const both = [...columns].flatMap(([column, up]) => {
        const down = table.columns.get(up.name);
        const retyped = up.retyped !== down?.retyped;
        return down
          ? [[column, { name: down.name, retyped, filled: up.filled || down.filled }] as const]
          : [];
      });
      return [[original, { name: table.name, columns: new Map(both) }] as const];
    }),
  );
}
