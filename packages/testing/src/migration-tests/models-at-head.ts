import { checkModels, type TablePatterns, upgrade } from '@freshmaker/migrator/engine';
import { dialectOfEngine } from '../engines/engine.ts';
import type { ProjectOptions } from '../orm/project.ts';
import { TestOrm } from '../orm/test-orm.ts';
import { MigrationTestFailure } from './failure.ts';
import { type HistoryWalk, runOptions } from './history-walk.ts';

/**
 * Checks that the history, run on a database, makes exactly the schema of the entities.
 *
 * @throws MigrationTestFailure listing what is missing, and in which of the two.
 */
export async function checkModelsAtHead(
  walk: HistoryWalk,
  project: ProjectOptions,
  tables?: TablePatterns,
): Promise<void> {
  const { entitySchema } = await import('@freshmaker/migrator');
  const { orm } = await TestOrm.create(project, dialectOfEngine(walk.engine));
  await using scratch = await walk.empty();
  const context = { scripts: walk.scripts, driver: scratch.driver };
  await upgrade(context, 'heads', runOptions);
  const found = await checkModels(context, { schema: await entitySchema(orm), ...(tables && { tables }) });
  if (found.upToDate) return;
  const operations = found.operations.map((operation) => `- ${JSON.stringify(operation)}`);
  throw new MigrationTestFailure(
    `On ${walk.engine}, the models and the head of the history differ. What the history lacks:\n` +
      `${operations.join('\n')}\nWrite it with: db migrate`,
  );
}
