/**
 * Create authors and books
 *
 * Revision ID: 4c1a07d2e9b5
 * Revises:
 * Create Date: 2026-01-12 09:30:00
 */
import { column, foreignKey, t, unique, type Operations } from '@freshmaker/migrator';

export const revision = '4c1a07d2e9b5';
export const downRevision = null;

export function upgrade(op: Operations): void {
  op.createTable('author', [
    column('id', t.integer(), { primaryKey: true }),
    column('name', t.string(200), { nullable: false }),
  ]);
  op.createTable('book', [
    column('id', t.integer(), { primaryKey: true }),
    column('title', t.string(300), { nullable: false }),
    column('isbn', t.string(13)),
    column('author_id', t.integer(), { nullable: false }),
    unique(['isbn'], { name: 'book_isbn_unique' }),
    foreignKey(['author_id'], 'author', ['id'], { name: 'book_author_id_foreign', onDelete: 'RESTRICT' }),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable('book');
  op.dropTable('author');
}
