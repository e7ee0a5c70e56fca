/**
 * Add requester_metadata to Events table.
 *
 * Revision ID: 5bdd5566615a
 * Revises: 5a555923da42
 * Create Date: 2019-02-25 15:02:13.847086
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '5bdd5566615a';
export const downRevision = '5a555923da42';

export function upgrade(op: Operations): void {
  op.addColumn('events', column('requester_metadata', t.string()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'requester_metadata');
}
