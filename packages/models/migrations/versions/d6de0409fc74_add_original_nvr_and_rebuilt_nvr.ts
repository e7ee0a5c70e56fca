/**
 * Add original_nvr and rebuilt_nvr columns.
 *
 * Revision ID: d6de0409fc74
 * Revises: 3f56425964cf
 * Create Date: 2017-10-10 12:57:59.802658
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = 'd6de0409fc74';
export const downRevision = '3f56425964cf';

export function upgrade(op: Operations): void {
  op.addColumn('artifact_builds', column('original_nvr', t.string()));
  op.addColumn('artifact_builds', column('rebuilt_nvr', t.string()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('artifact_builds', 'rebuilt_nvr');
  op.dropColumn('artifact_builds', 'original_nvr');
}
