/**
 * Add bundle_pullspec_overrides to artifact_builds
 *
 * Revision ID: fcba8824bf8d
 * Revises: 2358b6f55f24
 * Create Date: 2021-01-11 21:36:49.189627
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = 'fcba8824bf8d';
export const downRevision = '2358b6f55f24';

export function upgrade(op: Operations): void {
  op.addColumn('artifact_builds', column('bundle_pullspec_overrides', t.text()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('artifact_builds', 'bundle_pullspec_overrides');
}
