/**
 * empty message
 *
 * Revision ID: 43b3c6580af7
 * Revises: 8d2e9cd99c54
 * Create Date: 2017-08-15 10:29:33.224878
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '43b3c6580af7';
export const downRevision = '8d2e9cd99c54';

export function upgrade(op: Operations): void {
  op.addColumn('events', column('released', t.boolean()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'released');
}
