import type { RangedStatement } from '../dialects/dialect.ts';
import type { StepEnvironment } from './step-environment.ts';
import { interruptPoint } from './waiting/interrupt.ts';

/** Few enough that a signal is heard within a moment, many enough that the ranges cost nothing. */
const ROWS_PER_RANGE = 50_000;

/**
 * Runs a statement over all rows of a table range by range, so that progress can be told and the run can be ended in
 * between: one statement of SQLite keeps the whole process from doing anything else.
 *
 * @param rowsPerRange for tests.
 */
export async function runInRanges(
  { table, key, sql }: RangedStatement,
  message: string,
  { session, listener, signal }: Pick<StepEnvironment, 'session' | 'listener' | 'signal'>,
  rowsPerRange = ROWS_PER_RANGE,
): Promise<void> {
  // Keys go through JavaScript as text: they may be beyond what its numbers hold.
  const one = async (query: string, ...parameters: readonly unknown[]) =>
    (await session.query<{ value: string | null }>(query, parameters)).rows[0]?.value ?? null;
  const total = Number(await one(`SELECT count(*) AS value FROM ${table}`));
  let first = await one(`SELECT CAST(min(${key}) AS TEXT) AS value FROM ${table}`);
  for (let done = 0; first !== null; ) {
    await interruptPoint(signal);
    const last = await one(
      `SELECT CAST(max(key) AS TEXT) AS value FROM (SELECT ${key} AS key FROM ${table}` +
        ` WHERE ${key} >= CAST(? AS INTEGER) ORDER BY ${key} LIMIT ${rowsPerRange})`,
      first,
    );
    const { affected } = await session.query(sql, [first, last]);
    done += affected;
    if (total > rowsPerRange) listener({ type: 'progress', message, done, total });
    first = await one(
      `SELECT CAST(min(${key}) AS TEXT) AS value FROM ${table} WHERE ${key} > CAST(? AS INTEGER)`,
      last,
    );
  }
}
