import type { Dialect } from '../dialects/dialect.ts';
import { apply } from '../operations/apply.ts';
import type { Operation } from '../operations/operation.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';
import { askForDrops } from './ask-drops.ts';
import { askForCase, caseRenames } from './case-renames.ts';
import { createChecks, dropChecks } from './checks.ts';
import { columnPlan } from './column-plan.ts';
import { addColumns, alterColumns, countUp, dropColumns, dropRegenerated } from './columns.ts';
import { type Comparison, type Decisions, noDecisions } from './comparison.ts';
import type { ComparisonContext } from './context.ts';
import { Edit } from './edit.ts';
import { createForeignKeys, dropForeignKeys } from './foreign-keys.ts';
import { createIndexes, dropIndexes } from './indexes.ts';
import { modelsFor } from './models.ts';
import { neutralBefore } from './neutral-before.ts';
import { createPrimaryKeys, dropPrimaryKeys } from './primary-keys.ts';
import { renameOperations } from './renames.ts';
import { replayHistory } from './replay-history.ts';
import { settledSchema } from './settle-target.ts';
import { changeTableComments } from './table-comments.ts';
import { createTables, dropTables, dropTablesInTheWay } from './tables.ts';
import { createUniqueConstraints, dropUniqueConstraints } from './unique-constraints.ts';
import { requireUsed } from './unused-decisions.ts';

export interface CompareInput {
  /** A database as `dialect.inspect` reads it, or a replayed history. */
  readonly live: Schema;
  /** What it is to become, in neutral terms: the models' schema. */
  readonly models: Schema;
  readonly dialect: Dialect;
  /**
   * All operations of the history up to where the database is. It says what models leave open (names of constraints,
   * index or constraint) and what a downgrade restores; without it the database itself says.
   */
  readonly history?: readonly Operation[];
  /** True where the models are what a database has, so that they leave nothing open, and `live` is a replayed history. */
  readonly settled?: boolean;
  /** Tables to leave alone on both sides. */
  readonly exclude?: (table: string) => boolean;
  readonly decisions?: Decisions;
}

/**
 * Works out what takes a database to the models. Touches nothing.
 *
 * @throws ConfigurationError `USAGE_INVALID` for a decision about what is not there.
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for models that this database cannot have.
 */
export function compare(input: CompareInput): Comparison {
  const { dialect, decisions = noDecisions, exclude = () => false } = input;
  const live = without(input.live, exclude);
  const models = without(input.models, exclude);
  const history = input.history && replayHistory(input.history, dialect);
  const reference = without(history?.localized ?? live, exclude);
  const byCase = caseRenames(live, models, decisions.renames, dialect);
  const renames = renameOperations([...decisions.renames, ...byCase], live, models);
  const edit = new Edit(live, dialect);
  for (const operation of renames) edit.add(operation);
  const before = neutralBefore(live, without(history?.neutral ?? emptySchema, exclude), dialect);
  const neutralNow = renames.reduce<Schema>(apply, before);
  const { settled = false } = input;
  const target = settled ? models : settledSchema(models, renamed(reference, renames));
  const context = { ...contextFor(edit, target, neutralNow, decisions), settled };
  context.ambiguities.push(...byCase.map(askForCase));
  askForDrops(context);
  runAspects(context);
  requireUsed(context.decisions, edit.operations);
  return {
    operations: edit.operations,
    ambiguities: context.ambiguities,
    before,
  };
}

function without(schema: Schema, exclude: (table: string) => boolean): Schema {
  return { ...schema, tables: schema.tables.filter((table) => !exclude(table.name)) };
}

/** The reference goes through the same renames, as far as it knows what is renamed. */
function renamed(reference: Schema, renames: readonly Operation[]): Schema {
  return renames.reduce((schema, operation) => {
    const table = 'table' in operation ? operation.table : null;
    const known = schema.tables.find((each) => each.name === table);
    const column = operation.kind === 'renameColumn' ? operation.column : null;
    const knows = known && (column === null || known.columns.some((each) => each.name === column));
    return knows ? apply(schema, operation) : schema;
  }, reference);
}

function contextFor(
  edit: Edit,
  schema: Schema,
  before: Schema,
  decisions: Decisions,
): Omit<ComparisonContext, 'settled'> {
  const models = modelsFor(schema, edit.dialect);
  const present = new Set(edit.schema.tables.map((table) => table.name));
  const plans = new Map(
    edit.schema.tables.flatMap((table) => {
      const model = models.get(table.name);
      return model ? [[table.name, columnPlan(table, model, edit.dialect)] as const] : [];
    }),
  );
  return {
    edit,
    models,
    before: new Map(before.tables.map((table) => [table.name, table])),
    decisions: underNewNames(decisions),
    ambiguities: [],
    extra: new Set([...present].filter((name) => !models.has(name))),
    missing: [...models.values()].filter((model) => !present.has(model.neutral.name)),
    plans,
    createdKeys: new Set(),
  };
}

/** Decisions about a table that is renamed may call it by its old name. */
function underNewNames(decisions: Decisions): Decisions {
  const names = new Map(
    decisions.renames.filter((each) => each.table === null).map(({ from, to }) => [from, to]),
  );
  const follow = <D extends { readonly table: string }>(all: readonly D[]): D[] =>
    all.map((each) => ({ ...each, table: names.get(each.table) ?? each.table }));
  return {
    ...decisions,
    drops: follow(decisions.drops),
    backfills: follow(decisions.backfills),
    usings: follow(decisions.usings),
  };
}

/** What others rest on goes last and comes first: keys, indexes and checks step aside before columns change. */
function runAspects(context: ComparisonContext): void {
  dropForeignKeys(context);
  dropIndexes(context);
  dropChecks(context);
  dropUniqueConstraints(context);
  dropPrimaryKeys(context);
  dropRegenerated(context);
  dropTablesInTheWay(context);
  createTables(context);
  addColumns(context);
  alterColumns(context);
  dropColumns(context);
  dropTables(context);
  createPrimaryKeys(context);
  countUp(context);
  createUniqueConstraints(context);
  createChecks(context);
  createIndexes(context);
  createForeignKeys(context);
  changeTableComments(context);
}
