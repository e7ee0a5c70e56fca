import type { QueryResult, Session } from './driver.ts';

/**
 * Runs statements one after the other, up to the first that fails.
 *
 * @returns what the last one gave.
 */
export async function queryEach<Row>(
  session: Pick<Session, 'query'>,
  statements: readonly string[],
): Promise<QueryResult<Row>> {
  let result: QueryResult<Row> = { rows: [], affected: 0 };
  for (const statement of statements) result = await session.query<Row>(statement);
  return result;
}
