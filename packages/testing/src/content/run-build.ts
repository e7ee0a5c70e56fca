import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TestingError } from '../error.ts';
import type { BuildJob } from './build-job.ts';
import { presentRecipe } from './recipe.ts';

const self = fileURLToPath(import.meta.url);
const script = fileURLToPath(new URL(`build-schema${extname(self)}`, import.meta.url));
/** Sources import the sources of other packages, compiled files the compiled ones. */
const conditions = extname(self) === '.ts' ? ['--conditions=@freshmaker/source'] : [];

/**
 * Builds a schema in another process.
 *
 * @returns whether what was built is what the recipe says: not when files of the history have changed meanwhile.
 * @throws TestingError `SCHEMA_BUILD_FAILED` with what the database or the migrator said.
 */
export async function runBuild({ recipe, target }: BuildJob): Promise<boolean> {
  const isPresent = () => presentRecipe(recipe).hash === recipe.hash;
  try {
    const job = JSON.stringify({ recipe, target });
    await promisify(execFile)(process.execPath, [...conditions, script, job]);
    return isPresent();
  } catch (cause) {
    if (!isPresent()) return false;
    const { stderr, message } = cause as Error & { stderr?: string };
    const what =
      recipe.kind === 'migrations' ? `the migrations of ${recipe.scripts.directory}` : 'the entities';
    throw new TestingError(
      'SCHEMA_BUILD_FAILED',
      `The schema of ${what} cannot be built on ${target.engine}: ${stderr?.trim() || message}`,
      'No test that needs this database can run until that is corrected.',
      { cause },
    );
  }
}
