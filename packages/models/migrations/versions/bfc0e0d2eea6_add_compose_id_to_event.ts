/**
 * Add compose_id to Event
 *
 * Revision ID: bfc0e0d2eea6
 * Revises: 43b3c6580af7
 * Create Date: 2017-09-08 16:47:14.882980
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = 'bfc0e0d2eea6';
export const downRevision = '43b3c6580af7';

export function upgrade(op: Operations): void {
  op.addColumn('events', column('compose_id', t.integer()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'compose_id');
}
