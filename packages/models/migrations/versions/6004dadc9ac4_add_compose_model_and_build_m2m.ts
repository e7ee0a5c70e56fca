/**
 * Add Compose model and build m2m relationship with ArtifactBuild
 *
 * Revision ID: 6004dadc9ac4
 * Revises: 90f8444d5ab7
 * Create Date: 2017-12-21 10:18:32.008115
 */
import { column, foreignKey, type Operations, primaryKey, t } from '@freshmaker/migrator';

export const revision = '6004dadc9ac4';
export const downRevision = '90f8444d5ab7';

export function upgrade(op: Operations): void {
  op.createTable('composes', [
    column('id', t.integer(), { primaryKey: true }),
    column('odcs_compose_id', t.integer(), { nullable: false }),
  ]);
  op.createTable('artifact_build_composes', [
    column('build_id', t.integer(), { nullable: false }),
    column('compose_id', t.integer(), { nullable: false }),
    foreignKey(['build_id'], 'artifact_builds', ['id']),
    foreignKey(['compose_id'], 'composes', ['id']),
    primaryKey(['build_id', 'compose_id']),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable('artifact_build_composes');
  op.dropTable('composes');
}
