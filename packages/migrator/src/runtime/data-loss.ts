import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { ExecutionError } from '../errors.ts';
import type { AlterColumn, SchemaOperation } from '../operations/operation.ts';
import type { DataType } from '../schema/data-type.ts';
import { findTable, type Schema } from '../schema/schema.ts';

/** What an operation would destroy. */
export interface Loss {
  readonly kind: 'dropTable' | 'dropColumn' | 'alterColumn';
  readonly table: string;
  readonly column: string | null;
  /** Rows of a table, values of a column. */
  readonly count: number;
  /** Whether the script says that they may go. */
  readonly allowed: boolean;
}

/**
 * Counts what operations would destroy, before they run.
 *
 * @param before the schema as it is; what the operations themselves create holds nothing yet.
 */
export async function findLosses(
  operations: readonly SchemaOperation[],
  before: Schema,
  session: Session,
  dialect: Dialect,
): Promise<readonly Loss[]> {
  if (!operations.some((each) => destructive.has(each.kind))) return [];
  const names = new PresentNames(before);
  const losses: Loss[] = [];
  for (const operation of operations) {
    const source = destroyed(operation, names, before, dialect);
    if (source) {
      const count = await countValues(source, session, dialect);
      const { kind, allowed } = source;
      const column = kind === 'dropTable' ? null : source.shownColumn;
      if (count > 0) losses.push({ kind, table: source.shownTable, column, count, allowed });
    }
    names.follow(operation);
  }
  return losses;
}

const destructive = new Set<string>(['dropTable', 'dropColumn', 'alterColumn'] satisfies Loss['kind'][]);

interface Destroyed {
  readonly kind: Loss['kind'];
  readonly allowed: boolean;
  /** As they are called in the database now, while the operations have not run. */
  readonly table: string;
  readonly column: string | null;
  /** As the script calls them. */
  readonly shownTable: string;
  readonly shownColumn: string | null;
}

function destroyed(
  operation: SchemaOperation,
  names: PresentNames,
  before: Schema,
  dialect: Dialect,
): Destroyed | null {
  if (operation.kind === 'dropTable') {
    const table = names.table(operation.table);
    if (table === null) return null;
    const { kind, allowDataLoss: allowed } = operation;
    return { kind, allowed, table, column: null, shownTable: operation.table, shownColumn: null };
  }
  if (operation.kind !== 'dropColumn' && operation.kind !== 'alterColumn') return null;
  const { kind, allowDataLoss: allowed } = operation;
  const table = names.table(operation.table);
  const column = names.column(operation.table, operation.column);
  if (table === null || column === null) return null;
  const found = findTable(before, table)?.columns.find((each) => each.name === column);
  if (!found || found.generated !== null) return null;
  if (kind === 'alterColumn' && !mayCut(operation, found.type, dialect)) return null;
  return { kind, allowed, table, column, shownTable: operation.table, shownColumn: operation.column };
}

/** What things the operations have renamed are called in the database, which has not seen them yet. */
class PresentNames {
  readonly #tables: Map<string, string>;
  readonly #columns: Map<string, Map<string, string>>;

  constructor(schema: Schema) {
    this.#tables = new Map(schema.tables.map((table) => [table.name, table.name]));
    this.#columns = new Map(
      schema.tables.map((table) => [
        table.name,
        new Map(table.columns.map((each) => [each.name, each.name])),
      ]),
    );
  }

  table(name: string): string | null {
    return this.#tables.get(name) ?? null;
  }

  column(table: string, name: string): string | null {
    return this.#columns.get(table)?.get(name) ?? null;
  }

  follow(operation: SchemaOperation): void {
    if (operation.kind === 'dropTable') {
      this.#tables.delete(operation.table);
      this.#columns.delete(operation.table);
    }
    if (operation.kind === 'dropColumn') this.#columns.get(operation.table)?.delete(operation.column);
    if (operation.kind === 'renameColumn')
      move(this.#columns.get(operation.table), operation.column, operation.to);
    if (operation.kind === 'renameTable') {
      move(this.#tables, operation.table, operation.to);
      move(this.#columns, operation.table, operation.to);
    }
  }
}

function move<Value>(map: Map<string, Value> | undefined, from: string, to: string): void {
  const value = map?.get(from);
  if (value === undefined) return;
  map?.delete(from);
  map?.set(to, value);
}

async function countValues(
  { table, column }: Destroyed,
  session: Session,
  dialect: Dialect,
): Promise<number> {
  const counted = column === null ? '*' : dialect.quoteIdentifier(column);
  const { rows } = await session.query<{ count: number | string }>(
    `SELECT count(${counted}) AS "count" FROM ${dialect.quoteIdentifier(table)}`,
  );
  return Number(rows[0]?.count ?? 0);
}

const whole = new Set<DataType['kind']>(['integer', 'smallInteger', 'bigInteger']);
const fractional = new Set<DataType['kind']>(['float', 'double', 'numeric']);

/**
 * Whether a change of type may drop a part of values. Of a type that only the database knows nobody can tell what an
 * author's own conversion does to its values; the database's conversion is put to the test when it is made.
 */
function mayCut({ change, using }: AlterColumn, from: DataType, dialect: Dialect): boolean {
  const to = change.type;
  if (to === undefined || dialect.renderType(from) === dialect.renderType(to)) return false;
  if (from.kind === 'raw' || to.kind === 'raw') return using !== null;
  return narrows(from, to);
}

/**
 * Whether a change of type drops a part of values silently. Values that do not fit at all (a text too long, a number too
 * big) are no loss: they make the step fail.
 */
function narrows(from: DataType, to: DataType): boolean {
  if (fractional.has(from.kind) && whole.has(to.kind)) return true;
  if (from.kind === 'double' && to.kind === 'float') return true;
  if (from.kind === 'numeric' && to.kind === 'numeric') {
    return to.precision !== null && (from.precision === null || (from.scale ?? 0) > (to.scale ?? 0));
  }
  if (from.kind === 'numeric' && (to.kind === 'float' || to.kind === 'double')) return true;
  if (from.kind === 'dateTime') return to.kind === 'date' || to.kind === 'time';
  return false;
}

export function describeLoss({ kind, table, column, count }: Loss): string {
  if (kind === 'dropTable') return `dropping table "${table}" destroys ${count} row(s)`;
  const verb = kind === 'dropColumn' ? 'dropping' : 'narrowing';
  return `${verb} column "${column}" of "${table}" ${kind === 'dropColumn' ? 'destroys' : 'may cut'} ${count} value(s)`;
}

/** @throws ExecutionError `DATA_LOSS` naming what would go, unless the script allows it. */
export function refuseLosses(losses: readonly Loss[]): void {
  const refused = losses.filter((loss) => !loss.allowed);
  if (refused.length === 0) return;
  throw new ExecutionError('DATA_LOSS', `${refused.map(describeLoss).join('; ')}.`, {
    hint: 'Check that nobody needs them, then add --allow-data-loss, or allowDataLoss: true to the step in the script.',
    facts: { losses: refused.map(({ allowed: _, ...loss }) => loss) },
  });
}
