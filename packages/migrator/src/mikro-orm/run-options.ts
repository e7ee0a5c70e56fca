import { type EntityManager, type MigrateOptions, TransactionContext } from '@mikro-orm/core';
import { MigratorError } from '../errors.ts';
import { ancestorsOf } from '../revision/graph-walk.ts';
import { resolveRevisions } from '../revision/resolve-target.ts';
import type { RevisionMap } from '../revision/revision-map.ts';
import { migrationTarget } from './migration-target.ts';

/** What MikroORM's `up` and `down` take. */
export type RunOptions = string | string[] | MigrateOptions | undefined;

/**
 * Refused before anything is asked of the database, whose only connection that transaction may hold (SQLite).
 *
 * @throws MigratorError `OPERATION_NOT_SUPPORTED`
 */
export function refuseTransaction(options: RunOptions, em: EntityManager): void {
  const given = typeof options === 'object' && !Array.isArray(options) && options.transaction !== undefined;
  const around = TransactionContext.getEntityManager(em.name)?.isInTransaction() ?? false;
  if (!given && !around) return;
  throw new MigratorError(
    'OPERATION_NOT_SUPPORTED',
    'Revisions are not run inside a transaction of the caller.',
    {
      hint: 'Each revision is a transaction of its own; call it outside em.transactional, without the option.',
    },
  );
}

/** The targets of an upgrade; all heads where none is named. */
export function upTargets(options: RunOptions, map: RevisionMap): readonly string[] {
  const { migrations, to } = named(options, map);
  if (migrations) return migrations;
  return [to === null || to === 0 ? 'heads' : to];
}

/**
 * The target of a downgrade; one step where none is named.
 *
 * @throws MigratorError `USAGE_INVALID` when others build on a migration that is to be reverted by name.
 */
export function downTarget(options: RunOptions, map: RevisionMap, rows: readonly string[]): string {
  const { migrations, to } = named(options, map);
  if (migrations) return belowAll(map, rows, migrations);
  return to === 0 ? 'base' : (to ?? '-1');
}

interface NamedRevisions {
  readonly migrations: readonly string[] | null;
  readonly to: string | 0 | null;
}

function named(options: RunOptions, map: RevisionMap): NamedRevisions {
  const target = (name: string) => migrationTarget(map, name);
  if (typeof options === 'string' || Array.isArray(options)) {
    return { migrations: [options].flat().map(target), to: null };
  }
  const { migrations, to } = options ?? {};
  return {
    migrations: migrations?.map(target) ?? null,
    to: to === undefined || to === 0 ? (to ?? null) : target(String(to)),
  };
}

/** The target below revisions that are to be reverted, which must be the newest that are applied. */
function belowAll(map: RevisionMap, rows: readonly string[], names: readonly string[]): string {
  const wanted = new Set(names.flatMap((name) => resolveRevisions(map, name, rows)));
  const applied = ancestorsOf(map, rows);
  const kept = [...applied].filter((id) => !wanted.has(id));
  const needed = ancestorsOf(map, kept);
  const inTheWay = [...wanted].filter((id) => needed.has(id));
  if (inTheWay.length > 0) {
    throw new MigratorError(
      'USAGE_INVALID',
      `Revision ${inTheWay.join(', ')} cannot be reverted alone: others build on it.`,
      {
        hint: 'Revert what builds on it too, with { to: … } naming the revision to stay at.',
        facts: { revisions: inTheWay },
      },
    );
  }
  return kept.length === 0 ? 'base' : `-${[...wanted].filter((id) => applied.has(id)).length}`;
}
