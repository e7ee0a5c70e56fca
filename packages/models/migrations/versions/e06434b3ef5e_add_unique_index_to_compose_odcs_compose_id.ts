/**
 * Add unique constraint to Compose.odcs_compose_id
 *
 * Revision ID: e06434b3ef5e
 * Revises: b17231ee8220
 * Create Date: 2017-12-27 14:53:42.321947
 */
import type { Kysely, Operations } from '@freshmaker/migrator';

export const revision = 'e06434b3ef5e';
export const downRevision = 'b17231ee8220';

/** The tables as they are at this revision. */
interface Tables {
  composes: { id: number; odcs_compose_id: number };
  artifact_build_composes: { build_id: number; compose_id: number };
}

/** Of several composes with one ODCS id the lowest id stays, and takes over the links of the others. */
async function mergeComposesOfOneOdcsId(db: Kysely<Tables>): Promise<void> {
  const firsts = db
    .selectFrom('composes')
    .select((row) => ['odcs_compose_id', row.fn.min('id').as('id')])
    .groupBy('odcs_compose_id');
  const merged = db
    .selectFrom('composes')
    .innerJoin(firsts.as('first'), 'first.odcs_compose_id', 'composes.odcs_compose_id')
    .whereRef('first.id', '<>', 'composes.id')
    .select('composes.id');
  await db
    .insertInto('artifact_build_composes')
    .columns(['build_id', 'compose_id'])
    .expression(
      db
        .selectFrom('artifact_build_composes as link')
        .innerJoin('composes', 'composes.id', 'link.compose_id')
        .innerJoin(firsts.as('first'), 'first.odcs_compose_id', 'composes.odcs_compose_id')
        .select(['link.build_id', 'first.id as compose_id'])
        .distinct()
        .whereRef('first.id', '<>', 'composes.id')
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom('artifact_build_composes as kept')
                .select('kept.build_id')
                .whereRef('kept.build_id', '=', 'link.build_id')
                .whereRef('kept.compose_id', '=', 'first.id'),
            ),
          ),
        ),
    )
    .execute();
  await db.deleteFrom('artifact_build_composes').where('compose_id', 'in', merged).execute();
  await db.deleteFrom('composes').where('id', 'in', merged).execute();
}

export function upgrade(op: Operations): void {
  op.run<Tables>(mergeComposesOfOneOdcsId);
  op.createIndex('idx_odcs_compose_id', 'composes', ['odcs_compose_id'], { unique: true });
}

export function downgrade(op: Operations): void {
  // The composes that were merged stay merged: they were one and the same.
  op.dropIndex('idx_odcs_compose_id', 'composes');
}
