/**
 * Add unique index to EventDependency
 *
 * Revision ID: f3223db11e48
 * Revises: e06434b3ef5e
 * Create Date: 2018-01-04 09:45:25.153391
 */
import type { Operations } from '@freshmaker/migrator';

export const revision = 'f3223db11e48';
export const downRevision = 'e06434b3ef5e';

export function upgrade(op: Operations): void {
  op.createIndex('idx_event_dependency_rel', 'event_dependencies', ['event_id', 'event_dependency_id'], {
    unique: true,
  });
}

export function downgrade(op: Operations): void {
  op.dropIndex('idx_event_dependency_rel', 'event_dependencies');
}
