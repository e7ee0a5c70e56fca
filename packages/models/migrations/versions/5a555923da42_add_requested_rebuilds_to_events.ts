/**
 * Add requested_rebuilds column to events table.
 *
 * Revision ID: 5a555923da42
 * Revises: 8eeddff9a4f3
 * Create Date: 2019-02-07 08:22:29.216868
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '5a555923da42';
export const downRevision = '8eeddff9a4f3';

export function upgrade(op: Operations): void {
  op.addColumn('events', column('requested_rebuilds', t.string()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'requested_rebuilds');
}
