/**
 * Create authors
 *
 * Revision ID: aaaaaaaaaaaa
 * Revises:
 * Create Date: 2026-01-01 10:00:00
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = 'aaaaaaaaaaaa';
export const downRevision = null;

export function upgrade(op: Operations): void {
  op.createTable('author', [
    column('id', t.integer(), { primaryKey: true }),
    column('name', t.string(255), { nullable: false }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable('author');
}
