/**
 * empty message
 *
 * Revision ID: 300b86758bb1
 * Revises: bfc0e0d2eea6
 * Create Date: 2017-09-14 07:41:45.501531
 */
import { column, foreignKey, type Operations, t } from '@freshmaker/migrator';

export const revision = '300b86758bb1';
export const downRevision = 'bfc0e0d2eea6';

export function upgrade(op: Operations): void {
  op.createTable('event_dependencies', [
    column('id', t.integer(), { primaryKey: true }),
    column('event_id', t.integer(), { nullable: false }),
    column('event_dependency_id', t.integer(), { nullable: false }),
    foreignKey(['event_dependency_id'], 'events', ['id']),
    foreignKey(['event_id'], 'events', ['id']),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable('event_dependencies');
}
