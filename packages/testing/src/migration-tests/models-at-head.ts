import { checkModels, type Schema, type TablePatterns, upgrade } from '@freshmaker/migrator/engine';
import { MigrationTestFailure } from './failure.ts';
import { type HistoryWalk, runOptions } from './history-walk.ts';

/**
 * Checks that the history, run on a database, makes exactly the schema of the entities.
 *
 * @param schema of the entities, in neutral terms.
 * @throws MigrationTestFailure listing what is missing.
 */
export async function checkModelsAtHead(
  walk: HistoryWalk,
  schema: Schema,
  tables: TablePatterns,
): Promise<void> {
  await using scratch = await walk.empty();
  const context = { scripts: walk.scripts, driver: scratch.driver };
  const { current } = await upgrade(context, 'heads', runOptions);
  const found = await checkModels(context, { schema, tables });
  if (found.upToDate) return;
  const operations = found.operations.map((operation) => `- ${JSON.stringify(operation)}`);
  throw new MigrationTestFailure(
    `On ${walk.engine}, the models and the head of the history, ${current.join(', ') || 'base'}, differ. What the history lacks:\n` +
      `${operations.join('\n')}\nWrite it with \`db migrate\`.`,
  );
}
