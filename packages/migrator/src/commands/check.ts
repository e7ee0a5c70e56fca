import { compare } from '../autogenerate/compare.ts';
import type { Comparison } from '../autogenerate/comparison.ts';
import { changedByHand, compareScripts } from '../autogenerate/drift.ts';
import { type NotCompared, notCompared } from '../autogenerate/not-compared.ts';
import { excludedTables, type TablePatterns } from '../autogenerate/table-filter.ts';
import { unknownTables } from '../autogenerate/unknown-tables.ts';
import { dialectOf } from '../dialects/dialect-of.ts';
import type { DialectName } from '../driver/driver.ts';
import type { OperationDescription } from '../operations/describe.ts';
import { describeInTurn } from '../runtime/describe-in-turn.ts';
import { OWN_TABLES } from '../runtime/own-tables.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';
import { readHistory } from '../script/script-directory.ts';
import { requireAtHead } from './at-head.ts';
import { type DatabaseContext, type HistoryContext, readState } from './context.ts';
import { historyOperations } from './history-operations.ts';
import { listedOnce } from './listed-once.ts';

/** What the models say, and which tables are nobody's business. */
export interface Models {
  /** In neutral terms, as `entitySchema` gives it. */
  readonly schema: Schema;
  readonly tables?: TablePatterns;
  /** What they declare and no operation makes: views, triggers and the like. */
  readonly leftToAuthors?: readonly NotCompared[];
}

export interface CheckDocument {
  readonly upToDate: boolean;
  /** What would take the database to the models. */
  readonly operations: readonly OperationDescription[];
  /** What the scripts do not have yet: `db migrate` writes it. */
  readonly modelsAhead: readonly OperationDescription[];
  /** The database's tables that no script has ever made: it was there before the history, or others use it as well. */
  readonly madeByNoRevision: readonly string[];
  /** What would take the other tables back to what the scripts make: the database was changed by hand. */
  readonly changedByHand: readonly OperationDescription[];
  /** The same as SQL. */
  readonly statements: readonly string[];
  /** What the tables of the models have that no operation can change, and what the models leave to authors. */
  readonly notCompared: readonly NotCompared[];
}

/**
 * Compares the models with a database. Writes nothing.
 *
 * @throws DatabaseStateError `DATABASE_NOT_AT_HEAD`: the difference would be that of the scripts to come.
 */
export async function checkModels(context: DatabaseContext, models: Models): Promise<CheckDocument> {
  const state = await readState(context);
  await requireAtHead(state, context.driver);
  const { map, dialect } = state;
  const exclude = excludedTables(models.tables ?? {}, OWN_TABLES);
  const live = (await context.driver.exists())
    ? await context.driver.withSession((session) => dialect.inspect(session, { exclude }))
    : emptySchema;
  const history = await historyOperations(map, map.order);
  const shown = ({ operations, before }: Pick<Comparison, 'operations' | 'before'>) =>
    describeInTurn(operations, before, dialect);
  const input = { models: models.schema, dialect, history, exclude };
  const operations = shown(compare({ ...input, live }));
  const unknown = unknownTables(live, history, dialect);
  const byHand = changedByHand({
    live,
    applied: history,
    dialect,
    exclude: (table) => exclude(table) || unknown.has(table),
  });
  return {
    upToDate: operations.length === 0,
    operations,
    modelsAhead: shown(compareScripts(input)),
    madeByNoRevision: [...unknown],
    changedByHand: shown({ operations: byHand.operations, before: live }),
    statements: byHand.statements,
    notCompared: [...notCompared(live, models.schema, history, dialect), ...(models.leftToAuthors ?? [])],
  };
}

export interface ScriptsCheckDocument {
  readonly upToDate: boolean;
  readonly operations: readonly OperationDescription[];
  /** What the models leave to authors. */
  readonly notCompared: readonly NotCompared[];
}

/**
 * Compares the models with the scripts. Needs no database.
 *
 * @param dialects the databases to compare for; an operation that several of them need is listed once.
 */
export async function checkScripts(
  context: HistoryContext,
  models: Models,
  dialects: readonly DialectName[],
): Promise<ScriptsCheckDocument> {
  const map = await readHistory(context.scripts);
  const history = await historyOperations(map, map.order);
  const exclude = excludedTables(models.tables ?? {}, OWN_TABLES);
  const operations = listedOnce(
    dialects.map(dialectOf).map((dialect) => {
      const found = compareScripts({ models: models.schema, history, dialect, exclude });
      return describeInTurn(found.operations, found.before, dialect);
    }),
  );
  return { upToDate: operations.length === 0, operations, notCompared: models.leftToAuthors ?? [] };
}
