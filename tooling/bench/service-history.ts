import { offlineUpgrade } from '../../packages/migrator/src/commands/offline.ts';
import type { DialectName } from '../../packages/migrator/src/driver/driver.ts';
import { nodeOf } from '../../packages/migrator/src/revision/revision-map.ts';
import { splitStatements } from '../../packages/migrator/src/schema/split-statements.ts';
import { readHistory } from '../../packages/migrator/src/script/script-directory.ts';
import { migrationsDirectory } from '../../packages/models/src/migrations.ts';
import type { BenchRevision } from './scripts.ts';

/** What Alembic does by itself, and what are comments. */
const own = /^(?:PRAGMA|BEGIN|COMMIT)\b|"alembic_version"/i;

/**
 * Freshmaker's own revisions for Alembic: every statement that the migrator prints for a revision is one `op.execute`. It
 * is less work for Alembic than its own operations would be, which have to be compiled first.
 */
export async function serviceHistory(dialect: DialectName): Promise<readonly BenchRevision[]> {
  const scripts = { directory: migrationsDirectory };
  const map = await readHistory(scripts);
  const revisions: BenchRevision[] = [];
  for (const id of map.order) {
    const { revision, downRevisions } = nodeOf(map, id);
    const range = `${downRevisions[0] ?? 'base'}:${id}`;
    const { sql } = await offlineUpgrade({ scripts, dialect }, range);
    const statements = splitStatements(sql)
      .map((statement) => statement.replaceAll(/^--.*$/gm, '').trim())
      .filter((statement) => statement !== '' && !own.test(statement));
    revisions.push({
      revision: id,
      downRevisions,
      message: revision.message,
      createDate: revision.createDate ?? '2017-01-01 00:00:00',
      // Of a string of Python and one of JSON the escapes are the same; a colon begins a parameter.
      pythonUpgrade: statements.map(
        (statement) => `op.execute(${JSON.stringify(statement).replaceAll(':', '\\\\:')})`,
      ),
    });
  }
  return revisions;
}
