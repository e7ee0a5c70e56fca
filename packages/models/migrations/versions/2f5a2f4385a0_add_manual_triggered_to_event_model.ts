/**
 * Add manual_triggered to Event model
 *
 * Revision ID: 2f5a2f4385a0
 * Revises: 2acc88805404
 * Create Date: 2017-11-01 14:03:02.555397
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '2f5a2f4385a0';
export const downRevision = '2acc88805404';

export function upgrade(op: Operations): void {
  op.addColumn('events', column('manual_triggered', t.boolean()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'manual_triggered');
}
