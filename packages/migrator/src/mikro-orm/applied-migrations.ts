import type { DatabaseState } from '../commands/context.ts';
import { ancestorsOf } from '../revision/graph-walk.ts';
import { nodeOf } from '../revision/revision-map.ts';
import { migrationName } from './migration-target.ts';

/** A migration that MikroORM's tools list as executed. */
export interface AppliedMigration {
  readonly name: string;
  readonly executedAt: Date;
}

/** The revisions a database has, oldest first: the version table holds the newest of them only. */
export function appliedMigrations({ map, heads }: DatabaseState): readonly AppliedMigration[] {
  const applied = ancestorsOf(map, heads);
  return map.order
    .filter((id) => applied.has(id))
    .map((id) => {
      const { revision } = nodeOf(map, id);
      // The version table does not say when; the date of the script is what there is.
      const created = new Date(`${revision.createDate?.replace(' ', 'T') ?? ''}Z`);
      const executedAt = Number.isNaN(created.getTime()) ? new Date(0) : created;
      return { name: migrationName(revision), executedAt };
    });
}
