import { changedByHand } from '../autogenerate/drift.ts';
import { tablesOf } from '../autogenerate/unknown-tables.ts';
import type { OperationDescription } from '../operations/describe.ts';
import { describeInTurn } from '../runtime/describe-in-turn.ts';
import { isOwnTable } from '../runtime/own-tables.ts';
import { type DatabaseContext, readState } from './context.ts';
import { historyOperations } from './history-operations.ts';

/**
 * What a database lacks, or has too much, to be what the scripts make up to the revisions it is stamped with. Tables that
 * no script of the history knows are nobody's business here.
 */
export async function stampMisfits(context: DatabaseContext): Promise<readonly OperationDescription[]> {
  const { map, dialect, heads } = await readState(context);
  const { driver } = context;
  const known = tablesOf(await historyOperations(map, map.order));
  const exclude = (table: string) => isOwnTable(table) || !known.has(table);
  const live = await driver.withSession((session) => dialect.inspect(session, { exclude }));
  const applied = await historyOperations(map, heads);
  const { operations } = changedByHand({ live, applied, dialect, exclude });
  return describeInTurn(operations, live, dialect);
}
