/**
 * File authors by last name
 *
 * Revision ID: d25f90ac3e68
 * Revises: 9e83b6f4d017
 * Create Date: 2026-03-20 11:45:00
 */
import { column, t, type Operations } from '@freshmaker/migrator';

export const revision = 'd25f90ac3e68';
export const downRevision = '9e83b6f4d017';

export function upgrade(op: Operations): void {
  op.addColumn('author', column('sort_name', t.string(200)));
  op.run<{ author: { id: number; name: string; sort_name: string | null } }>(async (db, context) => {
    for await (const authors of context.batches<{ id: number; name: string }>('author')) {
      for (const { id, name } of authors) {
        const sortName = name.replace(/^(.+) (\S+)$/, '$2, $1');
        await db.updateTable('author').set({ sort_name: sortName }).where('id', '=', id).execute();
      }
    }
  });
  op.alterColumn('author', 'sort_name', { nullable: false });
  op.createIndex('author_sort_name_index', 'author', ['sort_name']);
}

export function downgrade(op: Operations): void {
  op.dropIndex('author_sort_name_index', 'author');
  op.dropColumn('author', 'sort_name');
}
