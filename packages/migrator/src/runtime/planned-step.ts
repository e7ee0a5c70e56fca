import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { OperationError } from '../errors.ts';
import { describeOperation, type OperationDescription } from '../operations/describe.ts';
import type { Operation, SchemaOperation } from '../operations/operation.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import { compilePart, splitParts } from './compiled-step.ts';
import { findLosses, type Loss } from './data-loss.ts';
import { describeInTurn } from './describe-in-turn.ts';
import { type PlannedLock, plannedLocks } from './planned-lock.ts';
import type { RecordedStep } from './recorded-step.ts';
import { type TableSize, tableSize } from './table-size.ts';

/** What one revision would do. */
export interface PlannedStep {
  readonly revision: string;
  readonly direction: 'upgrade' | 'downgrade';
  readonly fromRevisions: readonly string[];
  readonly toRevisions: readonly string[];
  readonly message: string;
  readonly operations: readonly OperationDescription[];
  /** The SQL of its schema operations, in order; data steps find out what to send when they run. */
  readonly statements: readonly string[];
  /** Tables that are written anew. */
  readonly rebuilds: readonly string[];
  readonly locks: readonly PlannedLock[];
  /** Sizes now of the tables it touches. */
  readonly tables: readonly TableSize[];
  /** Rows and values that go, as they are now. */
  readonly losses: readonly Loss[];
  /** Why statements are missing: the schema rests on a step of the author's own that comes before. */
  readonly unknown: string | null;
}

/** Where a plan is made: the schema as it is now, and a session to count rows with, null where there is no database. */
export interface PlanEnvironment {
  readonly dialect: Dialect;
  readonly live: Schema;
  readonly session: Session | null;
}

/** Works out what steps would do, one after the other. Writes nothing. */
export async function planRecorded(
  recorded: readonly RecordedStep[],
  environment: PlanEnvironment,
): Promise<readonly PlannedStep[]> {
  const planned: PlannedStep[] = [];
  let state: PlanState = { schema: environment.live, opaque: false };
  for (const step of recorded) {
    const { result, after } = await planStep(step, state, environment);
    planned.push(result);
    state = after;
  }
  return planned;
}

interface PlanState {
  readonly schema: Schema;
  /** Whether a step of the author's own may have changed the schema in a way that nobody knows. */
  readonly opaque: boolean;
}

async function planStep(
  { step, operations }: RecordedStep,
  state: PlanState,
  environment: PlanEnvironment,
): Promise<{ result: PlannedStep; after: PlanState }> {
  const { dialect } = environment;
  let { schema, opaque } = state;
  const described: OperationDescription[] = [];
  const statements: string[] = [];
  const rebuilds = new Set<string>();
  let unknown: string | null = null;
  for (const part of splitParts(operations)) {
    if (part.kind === 'data') {
      described.push(describeOperation(part.operation, schema));
      opaque ||= part.operation.kind !== 'bulkInsert';
      continue;
    }
    try {
      const before = schema;
      const { compiled, after } = compilePart(part.operations, dialect, before);
      described.push(...describeInTurn(part.operations, before, dialect));
      statements.push(...compiled.statements.flatMap((each) => (each.kind === 'sql' ? [each.sql] : [])));
      for (const table of compiled.rebuilds) rebuilds.add(table);
      schema = after;
    } catch (error) {
      if (!opaque || !(error instanceof OperationError)) throw error;
      unknown ??= error.message;
      described.push(
        ...part.operations.map((operation) => ({ kind: operation.kind, table: operation.table })),
      );
    }
  }
  const structural = operations.filter(isSchemaOperation);
  const { revision, direction, fromRevisions, toRevisions } = step;
  return {
    result: {
      revision: revision.revision,
      direction,
      fromRevisions,
      toRevisions,
      message: revision.message,
      operations: described,
      statements,
      rebuilds: [...rebuilds],
      locks: distinct(structural.flatMap((operation) => plannedLocks(operation, dialect.name))),
      ...(await measure(structural, environment)),
      unknown,
    },
    after: { schema, opaque },
  };
}

function isSchemaOperation(operation: Operation): operation is SchemaOperation {
  return !['execute', 'bulkInsert', 'run', 'irreversible'].includes(operation.kind);
}

function distinct(locks: readonly PlannedLock[]): PlannedLock[] {
  const byTable = Map.groupBy(locks, (lock) => lock.table);
  return [...byTable].map(([table, all]) => ({
    table,
    blocks: all.some((lock) => lock.blocks === 'readers and writers') ? 'readers and writers' : 'writers',
  }));
}

async function measure(
  operations: readonly SchemaOperation[],
  { dialect, live, session }: PlanEnvironment,
): Promise<Pick<PlannedStep, 'tables' | 'losses'>> {
  if (session === null) return { tables: [], losses: [] };
  const names = new Set(operations.flatMap((operation) => operation.table ?? []));
  const tables: TableSize[] = [];
  for (const name of names) {
    if (findTable(live, name)) tables.push(await tableSize(name, session, dialect));
  }
  return { tables, losses: await findLosses(operations, live, session, dialect) };
}
