/**
 * Add dry_run and requester to events table.
 *
 * Revision ID: 8eeddff9a4f3
 * Revises: 807ea37dcf0e
 * Create Date: 2018-11-02 09:07:26.898276
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '8eeddff9a4f3';
export const downRevision = '807ea37dcf0e';

export function upgrade(op: Operations): void {
  op.addColumn('events', column('dry_run', t.boolean()));
  op.addColumn('events', column('requester', t.string()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'requester');
  op.dropColumn('events', 'dry_run');
}
