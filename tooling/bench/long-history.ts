import { createHash } from 'node:crypto';
import type { BenchRevision } from './scripts.ts';

/** A new table every ten revisions, then nine columns for it. */
const REVISIONS_PER_TABLE = 10;

const idOf = (at: number) => createHash('sha256').update(`revision ${at}`).digest('hex').slice(0, 12);

/** Revisions one after the other. */
export function linearHistory(length: number): readonly BenchRevision[] {
  return Array.from({ length }, (_, at) => revision(at, at === 0 ? [] : [at - 1]));
}

/**
 * Revisions in fours: one from which two part, and one that merges them again, as in a project whose branches live for a
 * revision. It ends with a merge.
 */
export function branchedHistory(length: number): readonly BenchRevision[] {
  return Array.from({ length }, (_, at) => {
    if (at === 0) return revision(at, []);
    if (at % 4 === 2) return revision(at, [at - 2]);
    return revision(at, at % 4 === 3 ? [at - 2, at - 1] : [at - 1]);
  });
}

function revision(at: number, parents: readonly number[]): BenchRevision {
  const table = `table_${Math.floor(at / REVISIONS_PER_TABLE)}`;
  const isNew = at % REVISIONS_PER_TABLE === 0;
  const sqlOf = (counting: string) =>
    isNew
      ? `CREATE TABLE ${table} (id ${counting} NOT NULL, name VARCHAR(100) NOT NULL, PRIMARY KEY (id))`
      : `ALTER TABLE ${table} ADD COLUMN column_${at} INTEGER`;
  return {
    revision: idOf(at),
    downRevisions: parents.map(idOf),
    message: `Step ${at} of a long history`,
    createDate: new Date(Date.UTC(2020, 0, 1, 0, at)).toISOString().replace('T', ' ').slice(0, 19),
    pythonUpgrade: isNew
      ? [
          'op.create_table(',
          `    "${table}",`,
          '    sa.Column("id", sa.Integer(), primary_key=True),',
          '    sa.Column("name", sa.String(100), nullable=False),',
          ')',
        ]
      : [`op.add_column("${table}", sa.Column("column_${at}", sa.Integer()))`],
    typescriptUpgrade: isNew
      ? [
          `op.createTable('${table}', [`,
          "  column('id', t.integer(), { primaryKey: true }),",
          "  column('name', t.string(100), { nullable: false }),",
          ']);',
        ]
      : [`op.addColumn('${table}', column('column_${at}', t.integer()));`],
    sqlUpgrade: { sqlite: sqlOf('INTEGER'), postgresql: sqlOf('SERIAL') },
  };
}
