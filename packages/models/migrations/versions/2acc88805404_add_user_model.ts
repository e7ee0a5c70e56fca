/**
 * Add User model
 *
 * Revision ID: 2acc88805404
 * Revises: d6de0409fc74
 * Create Date: 2017-10-16 12:01:26.692076
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '2acc88805404';
export const downRevision = 'd6de0409fc74';

export function upgrade(op: Operations): void {
  op.createTable('users', [
    column('id', t.integer(), { primaryKey: true }),
    column('username', t.string(200), { nullable: false, unique: true }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable('users');
}
