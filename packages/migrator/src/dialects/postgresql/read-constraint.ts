import type {
  CheckConstraint,
  Deferrable,
  ForeignKey,
  PrimaryKey,
  ReferentialAction,
  UniqueConstraint,
} from '../../schema/constraint.ts';
import type { Table } from '../../schema/table.ts';
import type { ConstraintRow } from './catalog-queries.ts';
import type { ColumnNames } from './column-names.ts';
import { stripParentheses } from './strip-parentheses.ts';

/** Source: PostgreSQL, `pg_constraint.confdeltype`. */
const actions: Readonly<Record<string, ReferentialAction>> = {
  a: 'NO ACTION',
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

/** A foreign key to another schema is left out: its table is none of ours. */
export function readConstraints(
  rows: readonly ConstraintRow[],
  names: ColumnNames,
): Pick<Table, 'primaryKey' | 'uniques' | 'checks' | 'foreignKeys'> {
  const ofType = (type: string) => rows.filter((row) => row.type === type);
  const [primaryKey] = ofType('p').map(
    (row): PrimaryKey => ({ kind: 'primaryKey', name: row.name, columns: names(row.table_id, row.columns) }),
  );
  return {
    primaryKey: primaryKey ?? null,
    uniques: ofType('u').map(
      (row): UniqueConstraint => ({
        kind: 'unique',
        name: row.name,
        columns: names(row.table_id, row.columns),
        ...(row.deferrable ? { deferrable: readDeferrable(row) } : {}),
      }),
    ),
    checks: ofType('c').map(readCheck),
    foreignKeys: ofType('f')
      .filter((row) => row.beyond !== 'refers to another schema')
      .map((row) => readForeignKey(row, names)),
  };
}

function readCheck({ name, expression, validated, enforced }: ConstraintRow): CheckConstraint {
  return {
    kind: 'check',
    name,
    expression: stripParentheses(expression ?? ''),
    notValid: !validated,
    ...(enforced ? {} : { enforced }),
  };
}

function readForeignKey(row: ConstraintRow, names: ColumnNames): ForeignKey {
  return {
    kind: 'foreignKey',
    name: row.name,
    columns: names(row.table_id, row.columns),
    refTable: row.ref_table ?? '',
    refColumns: names(row.ref_id, row.ref_columns),
    onDelete: actions[row.on_delete] ?? 'NO ACTION',
    onUpdate: actions[row.on_update] ?? 'NO ACTION',
    deferrable: row.deferrable ? readDeferrable(row) : null,
    notValid: !row.validated,
    ...(row.enforced ? {} : { enforced: row.enforced }),
  };
}

function readDeferrable({ deferred }: ConstraintRow): Deferrable {
  return deferred ? 'initially deferred' : 'initially immediate';
}
