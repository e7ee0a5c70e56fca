import type { Decisions } from '../autogenerate/comparison.ts';
import { describeChanges } from '../autogenerate/describe-changes.ts';
import { downgradeOf } from '../autogenerate/downgrade.ts';
import {
  compareDatabase,
  type DatabaseComparison,
  type DatabaseInput,
} from '../autogenerate/from-database.ts';
import { mergeDecisions } from '../autogenerate/merge-decisions.ts';
import type { NotCompared } from '../autogenerate/not-compared.ts';
import { requireDecided } from '../autogenerate/require-decided.ts';
import { excludedTables, type TablePatterns } from '../autogenerate/table-filter.ts';
import { dialectOf } from '../dialects/dialect-of.ts';
import { checkCurrentHeads } from '../revision/current-heads.ts';
import { planRevision } from '../revision/new-revision.ts';
import { describeInTurn } from '../runtime/describe-in-turn.ts';
import { OWN_TABLES } from '../runtime/own-tables.ts';
import { readHeads } from '../runtime/read-heads.ts';
import { VersionTable } from '../runtime/version-table.ts';
import type { Schema } from '../schema/schema.ts';
import { readHistory } from '../script/script-directory.ts';
import { requireAtHead, requireDatabase } from './at-head.ts';
import { type DatabaseContext, type DatabaseState, readOptions } from './context.ts';
import { historyOperations } from './history-operations.ts';
import type { MigrateModelsOptions } from './migrate-models.ts';
import { createScript, type NewScriptDocument, nothingToWrite } from './new-script.ts';

export interface MigrateDatabaseOptions extends MigrateModelsOptions {
  /** Which tables the script is about; default all but the migrator's own. */
  readonly tables?: TablePatterns;
}

export interface DatabaseScriptDocument extends NewScriptDocument {
  /** What the database has and no operation makes; authors write it with `op.execute`. */
  readonly notCompared: readonly NotCompared[];
  /** What `stamp` is to be told now, since the database has all of the script; null where it is there already. */
  readonly stamp: string | null;
}

/**
 * Writes a script with what a database has and the scripts do not, and back: the beginning of a history, or what was
 * changed by hand. The database itself is only read; `stamp` then says that it has it.
 *
 * A database without a version table may have a history: what its scripts make is taken to be there. One whose version
 * row is the identifier that the script is to get (Alembic's, say) is at head when the script is written.
 *
 * @throws DatabaseStateError `DATABASE_NOT_AT_HEAD`, of a database that does not exist as well; OperationError
 *   `AMBIGUOUS_CHANGE` where it lacks what the scripts make, and that is not agreed to. Nothing is written then.
 */
export async function migrateDatabase(
  context: DatabaseContext,
  options: MigrateDatabaseOptions = {},
): Promise<DatabaseScriptDocument> {
  await requireDatabase(context.driver);
  const exclude = excludedTables(options.tables ?? {}, OWN_TABLES);
  const { map, dialect, heads, isNext, live } = await readDatabase(context, exclude, options.revisionId);
  const place = planRevision(map, { ...options, currentHeads: heads });
  const history = await historyOperations(map, map.order);
  const comparison = await settledComparison({ live, history, dialect, exclude }, options);
  const { notWritten: notCompared, before } = comparison;
  const upgrade = requireDecided(comparison);
  if (upgrade.length === 0) {
    // All that the scripts make is there, though no version row says so.
    const isUnknown = heads.length === 0 && map.heads.length > 0 && !isNext;
    const stamp = isUnknown ? (map.heads.length === 1 ? 'head' : 'heads') : null;
    return { ...nothingToWrite, notCompared, stamp };
  }
  const message = options.message ?? describeChanges(upgrade);
  const operations = describeInTurn(upgrade, before, dialect);
  const content = { place, upgrade, downgrade: downgradeOf(comparison), operations };
  const written = await createScript(map, context.scripts, content, { ...options, message });
  if (written.path === null || isNext) return { ...written, notCompared, stamp: null };
  const isOnlyHead = map.heads.every((id) => place.downRevisions.includes(id));
  return { ...written, notCompared, stamp: isOnlyHead ? 'head' : written.revision };
}

interface ReadDatabase extends DatabaseState {
  readonly live: Schema;
  /** Whether the version row is that of the script to be written. */
  readonly isNext: boolean;
}

async function readDatabase(
  context: DatabaseContext,
  exclude: (table: string) => boolean,
  revisionId: string | undefined,
): Promise<ReadDatabase> {
  const { driver, scripts } = context;
  const dialect = dialectOf(driver.dialect);
  const map = await readHistory(scripts);
  const rows = await readHeads(driver, dialect, readOptions(context));
  const isNext = rows.length === 1 && rows[0] === revisionId && !map.nodes.has(rows[0] ?? '');
  const heads = isNext ? [] : checkCurrentHeads(map, rows);
  const [live, isVersioned] = await driver.withSession(async (session) => [
    await dialect.inspect(session, { exclude }),
    await new VersionTable(dialect).exists(session),
  ]);
  // An empty database lacks all that the scripts make: it is one that has not been upgraded.
  const isUnknown = isNext || (!isVersioned && live.tables.length > 0);
  if (!isUnknown) await requireAtHead({ map, heads }, driver);
  return { map, dialect, heads, live, isNext };
}

/** Compares, and asks until nothing is open or nobody is there to ask. */
async function settledComparison(
  input: DatabaseInput,
  { ask, decisions: given }: MigrateModelsOptions,
): Promise<DatabaseComparison> {
  let decisions = given;
  for (;;) {
    const comparison = compareDatabase({ ...input, ...(decisions === undefined ? {} : { decisions }) });
    const [question] = comparison.ambiguities;
    if (question === undefined || ask === undefined) return comparison;
    const said: Partial<Decisions> = await ask(question);
    decisions = decisions === undefined ? mergeDecisions(said) : mergeDecisions(decisions, said);
  }
}
