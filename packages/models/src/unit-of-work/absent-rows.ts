import type { UnitOfWork } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Execute, FlushTask } from './flush-transaction.ts';

/** A row of a table of pairs that is to be there after the next flush, whoever inserts it. */
export interface AbsentRow {
  readonly table: 'event_dependencies' | 'artifact_build_composes';
  /** Its unique key: column names, always in the same order, to ids. */
  readonly key: Readonly<Record<string, number>>;
  /** Told the id of the row, inserted or found, where the table has one. */
  assignId?(id: number): void;
}

const waiting = new WeakMap<object, readonly AbsentRow[]>();

/**
 * Adds a row to the unit of work of its owner: it is inserted with the next flush, unless it is there by then, also when
 * another process has inserted it in between. MikroORM's own insert would fail then, and the whole flush with it.
 *
 * @returns false when the same row waits already.
 */
export function addIfAbsent(owner: object, row: AbsentRow): boolean {
  const rows = waiting.get(owner) ?? [];
  if (rows.some((other) => other.table === row.table && same(other, row))) {
    return false;
  }
  waiting.set(owner, [...rows, row]);
  return true;
}

/** The rows of a table that wait for the next flush of their owner. */
export function waitingRows(owner: object, table: AbsentRow['table']): readonly AbsentRow[] {
  return (waiting.get(owner) ?? []).filter((row) => row.table === table);
}

/** The step of a flush that inserts what waits. */
export function absentRowsStep(_em: SqlEntityManager, uow: UnitOfWork): readonly FlushTask[] {
  const rows = [...uow.getIdentityMap()].flatMap((owner) => {
    const own = waiting.get(owner) ?? [];
    waiting.delete(owner);
    return own;
  });
  return [...Map.groupBy(rows, ({ table }) => table).values()].map(
    (group) => (execute) => insert(execute, group),
  );
}

async function insert(execute: Execute, rows: readonly AbsentRow[]): Promise<void> {
  // One order for all processes: two that insert the same pairs the other way round would wait for each other.
  const ordered = rows.toSorted(compare);
  const table = ordered[0]?.table;
  const columns = Object.keys(ordered[0]?.key ?? {});
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  await execute(
    `insert into ${table} (${columns.join(', ')}) values ${ordered.map(() => tuple).join(', ')} on conflict do nothing`,
    ordered.flatMap(values),
  );
  if (ordered.some(({ assignId }) => assignId !== undefined)) {
    const found = await execute<Record<string, number>>(
      `select id, ${columns.join(', ')} from ${table} where (${columns.join(', ')}) in (values ${ordered.map(() => tuple).join(', ')})`,
      ordered.flatMap(values),
    );
    for (const { id = 0, ...key } of found) {
      ordered.find((row) => columns.every((column) => row.key[column] === key[column]))?.assignId?.(id);
    }
  }
}

function values({ key }: AbsentRow): number[] {
  return Object.values(key);
}

function same(a: AbsentRow, b: AbsentRow): boolean {
  return compare(a, b) === 0;
}

function compare(a: AbsentRow, b: AbsentRow): number {
  const other = values(b);
  return (
    values(a)
      .map((value, index) => value - (other[index] ?? 0))
      .find((difference) => difference !== 0) ?? 0
  );
}
