/**
 * Add time done for Freshmaker events
 *
 * Revision ID: 2358b6f55f24
 * Revises: fbc2eac9bfa5
 * Create Date: 2019-06-20 10:00:31.190304
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '2358b6f55f24';
export const downRevision = 'fbc2eac9bfa5';

export function upgrade(op: Operations): void {
  op.addColumn('events', column('time_done', t.dateTime()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'time_done');
}
