/**
 * Add loans
 *
 * Revision ID: 9e83b6f4d017
 * Revises: 4c1a07d2e9b5
 * Create Date: 2026-02-03 14:05:00
 */
import { column, foreignKey, t, type Operations } from '@freshmaker/migrator';

export const revision = '9e83b6f4d017';
export const downRevision = '4c1a07d2e9b5';

export function upgrade(op: Operations): void {
  op.createTable('loan', [
    column('id', t.integer(), { primaryKey: true }),
    column('book_id', t.integer(), { nullable: false }),
    column('borrower', t.string(200), { nullable: false }),
    column('returned', t.boolean(), { nullable: false, serverDefault: false }),
    foreignKey(['book_id'], 'book', ['id'], { name: 'loan_book_id_foreign', onDelete: 'CASCADE' }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable('loan');
}
