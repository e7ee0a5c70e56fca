/**
 * Add rebuild_reason column.
 *
 * Revision ID: fbc2eac9bfa5
 * Revises: 5bdd5566615a
 * Create Date: 2019-04-23 10:20:00.766108
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = 'fbc2eac9bfa5';
export const downRevision = '5bdd5566615a';

export function upgrade(op: Operations): void {
  op.addColumn('artifact_builds', column('rebuild_reason', t.integer()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('artifact_builds', 'rebuild_reason');
}
