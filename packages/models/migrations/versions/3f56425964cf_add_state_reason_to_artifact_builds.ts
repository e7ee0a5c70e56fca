/**
 * Add state_reason to artifact_builds table.
 *
 * Revision ID: 3f56425964cf
 * Revises: 300b86758bb1
 * Create Date: 2017-09-20 11:38:18.176512
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '3f56425964cf';
export const downRevision = '300b86758bb1';

export function upgrade(op: Operations): void {
  op.addColumn('artifact_builds', column('state_reason', t.string()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('artifact_builds', 'state_reason');
}
