import {
  dialectOf,
  downgrade,
  MigratorError,
  type Operation,
  type RevisionDocument,
  record,
  type Schema,
  upgrade,
} from '@freshmaker/migrator/engine';
import type { GivenValues } from './check.ts';
import { MigrationTestFailure } from './failure.ts';
import { generateRows } from './generate-rows.ts';
import { type HistoryWalk, runOptions } from './history-walk.ts';
import { type KeptNames, keptNames, thenKept } from './kept-names.ts';
import { type AllowedLosses, findLosses } from './lost-rows.ts';
import { schemaDifferences } from './schema-difference.ts';
import { type Rows, versionTable } from './schema-parts.ts';
import type { Scratch } from './scratch-space.ts';
import { insertRows, readRows } from './store-rows.ts';

export interface RoundTripOptions {
  readonly values?: GivenValues;
  readonly losses?: AllowedLosses;
}

/** What is in a database at one moment. */
interface State {
  readonly schema: Schema;
  readonly rows: Rows;
}

/**
 * Runs a revision up, down and up again over generated rows.
 *
 * Down again, the schema is as before; up again, as the first time. No row and no value is lost that the script does not
 * drop. A script may refuse to go back from rows that cannot be taken back (`op.irreversible`, `context.irreversible`):
 * then nothing may have changed, and the way back is tried without rows.
 *
 * @throws MigrationTestFailure that says which step, and what differs.
 */
export async function checkRoundTrip(
  walk: HistoryWalk,
  revision: RevisionDocument,
  options: RoundTripOptions,
): Promise<void> {
  const refused = await tryRoundTrip(walk, revision, options, true);
  if (refused) await tryRoundTrip(walk, revision, options, false);
}

/** @returns whether the script has refused to go back. */
async function tryRoundTrip(
  walk: HistoryWalk,
  revision: RevisionDocument,
  options: RoundTripOptions,
  withRows: boolean,
): Promise<boolean> {
  await using scratch = await walk.before(revision);
  const trip = new RoundTrip(walk, revision, scratch, options);
  const up = await record(revision, 'upgrade');
  const down = await record(revision, 'downgrade');

  if (withRows) await trip.fill();
  const before = await trip.state();
  await trip.run('upgrade');
  const upgraded = await trip.state();
  if (withRows) trip.requireRows('upgrade', before, upgraded, keptIn(before.schema, up));
  if (withRows) await trip.fill();
  const above = await trip.state();

  if (!(await trip.goBack(above))) return true;
  const below = await trip.state();
  trip.requireSchema('downgrade', before.schema, below.schema);
  if (withRows) {
    const kept = keptIn(above.schema, down);
    // Rows that the upgrade has added it may take back; those of tables that were empty are the test's.
    const filled = new Map([...above.rows].filter(([table]) => upgraded.rows.get(table)?.length === 0));
    trip.requireRows('downgrade', { ...above, rows: filled }, below, kept);
    trip.requireRows('upgrade and downgrade', before, below, thenKept(keptIn(before.schema, up), kept));
  }

  await trip.run('upgrade');
  const again = await trip.state();
  trip.requireSchema('second upgrade', above.schema, again.schema);
  if (withRows) trip.requireRows('second upgrade', below, again, keptIn(below.schema, up));
  return false;
}

function keptIn(schema: Schema, operations: readonly Operation[]): KeptNames {
  const names = schema.tables.map(({ name, columns }) => [name, columns.map((each) => each.name)] as const);
  return keptNames(new Map(names), operations);
}

/** One revision on one database. */
class RoundTrip {
  readonly #walk: HistoryWalk;
  readonly #revision: RevisionDocument;
  readonly #scratch: Scratch;
  readonly #options: RoundTripOptions;

  constructor(walk: HistoryWalk, revision: RevisionDocument, scratch: Scratch, options: RoundTripOptions) {
    this.#walk = walk;
    this.#revision = revision;
    this.#scratch = scratch;
    this.#options = options;
  }

  state(): Promise<State> {
    return stateOf(this.#scratch);
  }

  /** Puts rows into the tables that have none. */
  fill(): Promise<void> {
    return fillTables(this.#scratch, this.#options.values);
  }

  async run(direction: 'upgrade' | 'downgrade'): Promise<void> {
    const context = { scripts: this.#walk.scripts, driver: this.#scratch.driver };
    const { revision, downRevision } = this.#revision;
    const [parent] = downRevision === null ? [] : [downRevision].flat();
    try {
      if (direction === 'upgrade') await upgrade(context, revision, runOptions);
      else await downgrade(context, parent ?? `${revision}@base`, runOptions);
    } catch (error) {
      if (!(error instanceof MigratorError) || error.code === 'IRREVERSIBLE') throw error;
      throw this.failure(direction, error.message, error);
    }
  }

  /** @returns false when the script says that it cannot be taken back. */
  async goBack(above: State): Promise<boolean> {
    try {
      await this.run('downgrade');
      return true;
    } catch (error) {
      if (!(error instanceof MigratorError) || error.code !== 'IRREVERSIBLE') throw error;
      const now = await this.state();
      this.requireSchema('refused downgrade', above.schema, now.schema);
      this.requireRows('refused downgrade', above, now, keptIn(above.schema, []));
      return false;
    }
  }

  requireSchema(step: string, expected: Schema, found: Schema): void {
    const [first, ...others] = schemaDifferences(expected, found);
    if (first === undefined) return;
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    throw this.failure(step, `the schema differs: ${first}${more}`);
  }

  requireRows(step: string, before: State, after: State, kept: KeptNames): void {
    const keys = new Map(
      before.schema.tables.map(({ name, primaryKey }) => [name, primaryKey?.columns ?? []]),
    );
    const losses = findLosses(before.rows, after.rows, kept, keys, this.#options.losses);
    if (losses.length > 0) throw this.failure(step, losses.join('; '));
  }

  failure(step: string, what: string, cause?: unknown): MigrationTestFailure {
    const { revision, message } = this.#revision;
    return new MigrationTestFailure(
      `Revision ${revision} (${message}) on ${this.#walk.engine}, ${step}: ${what}`,
      cause === undefined ? {} : { cause },
    );
  }
}

export function stateOf({ driver }: Scratch): Promise<State> {
  return driver.withSession(async (session) => {
    const exclude = (table: string) => table === versionTable;
    const schema = await dialectOf(driver.dialect).inspect(session, { exclude });
    return { schema, rows: await readRows(session, driver.dialect, schema) };
  });
}

/** Puts generated rows into the tables that have none. */
export async function fillTables(scratch: Scratch, values: GivenValues = {}): Promise<void> {
  const { driver } = scratch;
  const { schema, rows } = await stateOf(scratch);
  await driver.withSession((session) =>
    insertRows(session, driver.dialect, schema, generateRows(schema, values, rows)),
  );
}
