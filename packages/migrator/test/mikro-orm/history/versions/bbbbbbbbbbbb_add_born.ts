/**
 * Add the year of birth
 *
 * Revision ID: bbbbbbbbbbbb
 * Revises: aaaaaaaaaaaa
 * Create Date: 2026-01-02 10:00:00
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = 'bbbbbbbbbbbb';
export const downRevision = 'aaaaaaaaaaaa';

export function upgrade(op: Operations): void {
  op.addColumn('author', column('born', t.integer()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('author', 'born');
}
