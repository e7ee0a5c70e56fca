import { rowQuestions, withoutIdleQuestions } from '../autogenerate/ask-database.ts';
import { compare } from '../autogenerate/compare.ts';
import { type Ambiguity, type Comparison, type Decisions, noDecisions } from '../autogenerate/comparison.ts';
import { describeChanges } from '../autogenerate/describe-changes.ts';
import { downgradeOf } from '../autogenerate/downgrade.ts';
import { mergeDecisions } from '../autogenerate/merge-decisions.ts';
import { requireDecided } from '../autogenerate/require-decided.ts';
import { excludedTables } from '../autogenerate/table-filter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Operation } from '../operations/operation.ts';
import { planRevision } from '../revision/new-revision.ts';
import { describeInTurn } from '../runtime/describe-in-turn.ts';
import { OWN_TABLES } from '../runtime/own-tables.ts';
import { emptySchema } from '../schema/schema.ts';
import { requireAtHead } from './at-head.ts';
import type { Models } from './check.ts';
import { type DatabaseContext, readState } from './context.ts';
import { historyOperations } from './history-operations.ts';
import { createScript, type NewScriptDocument, type NewScriptOptions, nothingToWrite } from './new-script.ts';
import type { RevisionPlaceOptions } from './revision.ts';

export interface MigrateModelsOptions extends NewScriptOptions, RevisionPlaceOptions {
  /** What has been said to the questions that a comparison cannot answer by itself. */
  readonly decisions?: Decisions;
  /** Asks a person; without it an open question is an error. */
  readonly ask?: (question: Ambiguity) => Promise<Partial<Decisions>>;
}

/**
 * Writes a script with what takes the database to the models, and back.
 *
 * @throws DatabaseStateError `DATABASE_NOT_AT_HEAD`; OperationError `AMBIGUOUS_CHANGE` with the flags to type, when a drop
 *   or a possible rename is not agreed to and nobody can be asked. Nothing is written then.
 */
export async function migrateModels(
  context: DatabaseContext,
  models: Models,
  options: MigrateModelsOptions = {},
): Promise<NewScriptDocument> {
  const state = await readState(context);
  await requireAtHead(state, context.driver);
  const { map, dialect, heads } = state;
  const place = planRevision(map, { ...options, currentHeads: heads });
  const history = await historyOperations(map, map.order);
  const comparison = await settledComparison(context, dialect, history, models, options);
  const upgrade = requireDecided(comparison);
  if (upgrade.length === 0) return nothingToWrite;
  const message = options.message ?? describeChanges(upgrade);
  const operations = describeInTurn(upgrade, comparison.before, dialect);
  const content = { place, upgrade, downgrade: downgradeOf(comparison), operations };
  return createScript(map, context.scripts, content, { ...options, message });
}

/** Compares, and asks until nothing is open or nobody is there to ask. */
async function settledComparison(
  context: DatabaseContext,
  dialect: Dialect,
  history: readonly Operation[],
  models: Models,
  { ask, decisions: given = noDecisions }: MigrateModelsOptions,
): Promise<Comparison> {
  const exclude = excludedTables(models.tables ?? {}, OWN_TABLES);
  const exists = await context.driver.exists();
  const live = exists
    ? await context.driver.withSession((session) => dialect.inspect(session, { exclude }))
    : emptySchema;
  let decisions = given;
  for (;;) {
    const made = decisions;
    const comparison = compare({ live, models: models.schema, dialect, history, exclude, decisions: made });
    const open = exists
      ? await context.driver.withSession((session) =>
          withoutIdleQuestions(comparison, rowQuestions(session, dialect), made),
        )
      : comparison;
    const [question] = open.ambiguities;
    if (question === undefined || ask === undefined) return open;
    decisions = mergeDecisions(decisions, await ask(question));
  }
}
