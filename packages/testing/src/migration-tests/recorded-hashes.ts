import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { heads, history, type ScriptLocations } from '@freshmaker/migrator/engine';
import { MigrationTestFailure } from './failure.ts';
import { operationHash } from './operation-hash.ts';

type Recorded = Record<string, string>;

/**
 * Compares every script with the hash that was recorded when it was new. New ones are recorded, except in CI, where a
 * missing one is a failure: it would never be compared with anything.
 *
 * @param file a JSON file to be committed beside the scripts.
 * @throws MigrationTestFailure naming every revision that changed, is missing or is not recorded.
 */
export async function checkRecordedHashes(scripts: ScriptLocations, file: string): Promise<void> {
  const recorded: Recorded = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const { revisions } = await history({ scripts });
  const present: Recorded = {};
  for (const revision of revisions.toReversed()) present[revision.revision] = await operationHash(revision);

  const problems = [
    ...Object.keys(recorded)
      .filter((id) => !(id in present))
      .map((id) => `Revision ${id} is recorded in ${file}, and there is no script of it any more.`),
    ...Object.keys(present)
      .filter((id) => id in recorded && recorded[id] !== present[id])
      .map(
        (id) =>
          `Revision ${id} does something else than when it was recorded. Databases that have it will not get the change: ` +
          `write a new revision. If it was never applied anywhere, delete its line in ${file}.`,
      ),
  ];
  const unrecorded = Object.keys(present).filter((id) => !(id in recorded));
  if (unrecorded.length > 0 && process.env.CI) {
    const ids = unrecorded.join(', ');
    problems.push(`Not recorded in ${file}: ${ids}. Run this test outside CI, and commit the file.`);
  }
  if (problems.length > 0) throw new MigrationTestFailure(problems.join('\n'));
  if (unrecorded.length > 0) writeFileSync(file, `${JSON.stringify(present, null, 2)}\n`);
}

/** @throws MigrationTestFailure naming the heads when there is more than one. */
export async function checkSingleHead(scripts: ScriptLocations): Promise<void> {
  const { revisions } = await heads({ scripts });
  if (revisions.length <= 1) return;
  const names = revisions.map(({ revision, message }) => `${revision} (${message})`);
  throw new MigrationTestFailure(
    `There are ${revisions.length} heads: ${names.join(', ')}. Join them with \`db merge heads\`.`,
  );
}
