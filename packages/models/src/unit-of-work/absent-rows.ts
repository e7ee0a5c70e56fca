import type { Execute, FlushStep } from './flush-transaction.ts';

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
export function absentRowsStep(dialect: 'sqlite' | 'postgresql'): FlushStep {
  return (_em, uow) => {
    const rows = [...uow.getIdentityMap()].flatMap((owner) => {
      const own = waiting.get(owner) ?? [];
      waiting.delete(owner);
      return own;
    });
    return [...Map.groupBy(rows, ({ table }) => table)].map(([table, group]) => async (execute) => {
      if (dialect === 'postgresql') {
        await lockOwners(execute, table, group);
      }
      await insert(execute, table, group);
    });
  };
}

/** Two processes that add the same rows in different orders would wait for each other: they come one after the other. */
async function lockOwners(
  execute: Execute,
  table: AbsentRow['table'],
  rows: readonly AbsentRow[],
): Promise<void> {
  const { owners, column } = ownerOf[table];
  const ids = [...new Set(rows.map(({ key }) => key[column] ?? 0))];
  const marks = ids.map(() => '?').join(', ');
  await execute(`select id from ${owners} where id in (${marks}) order by id for no key update`, ids);
}

const ownerOf = {
  event_dependencies: { owners: 'events', column: 'event_id' },
  artifact_build_composes: { owners: 'artifact_builds', column: 'build_id' },
} as const;

async function insert(execute: Execute, table: string, rows: readonly AbsentRow[]): Promise<void> {
  const columns = Object.keys(rows[0]?.key ?? {});
  const tuples = rows.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
  const parameters = rows.flatMap(values);
  await execute(
    `insert into ${table} (${columns.join(', ')}) values ${tuples} on conflict do nothing`,
    parameters,
  );
  if (rows.some(({ assignId }) => assignId !== undefined)) {
    const found = await execute<Record<string, number>>(
      `select id, ${columns.join(', ')} from ${table} where (${columns.join(', ')}) in (values ${tuples})`,
      parameters,
    );
    for (const { id = 0, ...key } of found) {
      rows.find((row) => columns.every((column) => row.key[column] === key[column]))?.assignId?.(id);
    }
  }
}

function values({ key }: AbsentRow): number[] {
  return Object.values(key);
}

function same(a: AbsentRow, b: AbsentRow): boolean {
  const other = values(b);
  return values(a).every((value, index) => value === other[index]);
}
