import type { DatabaseTable } from '@mikro-orm/sql';
import { unique } from '../schema/builders.ts';
import type { UniqueConstraint } from '../schema/constraint.ts';
import type { IndexColumn, TableIndex } from '../schema/table-index.ts';
import { deferrable } from './entity-constraint.ts';
import { parseIndexStatement } from './index-statement.ts';

type EntityIndex = ReturnType<DatabaseTable['getIndexes']>[number];

const plain: IndexColumn = {
  column: null,
  expression: null,
  order: 'asc',
  nulls: null,
  collation: null,
  opclass: null,
};

/** @param namedUniques `table\0name` of the uniques whose name the entity gives. */
export function entityIndexes(
  table: DatabaseTable,
  namedUniques: ReadonlySet<string>,
): { readonly indexes: TableIndex[]; readonly uniques: UniqueConstraint[] } {
  const indexes: TableIndex[] = [];
  const uniques: UniqueConstraint[] = [];
  for (const index of table.getIndexes()) {
    if (index.primary) continue;
    const isNamed = namedUniques.has(`${table.name}\0${index.keyName}`);
    if (isConstraint(index) && (!isNamed || index.deferMode)) {
      // Only a constraint can wait for the end of a transaction.
      uniques.push(
        unique(index.columnNames, { name: index.keyName, deferrable: deferrable(index.deferMode) }),
      );
    } else {
      indexes.push(tableIndex(index));
    }
  }
  return { indexes, uniques };
}

function isConstraint(index: EntityIndex): boolean {
  return index.unique && index.constraint && !index.expression && !index.where && !index.columns?.length;
}

function tableIndex(index: EntityIndex): TableIndex {
  if (index.expression) return parseIndexStatement(index.expression, index.keyName);
  return {
    name: index.keyName,
    unique: index.unique,
    columns: index.columnNames.map((name) => part(name, index)),
    where: index.where ?? null,
    using: accessMethod(index),
    include: index.include ?? [],
  };
}

function part(name: string, index: EntityIndex): IndexColumn {
  if (name.includes('.')) return { ...plain, expression: jsonPath(name) };
  const options = index.columns?.find((each) => each.name === name);
  const nulls = options?.nulls?.toLowerCase();
  return {
    ...plain,
    column: name,
    order: options?.sort?.toLowerCase() === 'desc' ? 'desc' : 'asc',
    nulls: nulls === 'first' || nulls === 'last' ? nulls : null,
    collation: options?.collation ?? null,
  };
}

/** A path into a JSON column, with the operators that both databases have. */
function jsonPath(name: string): string {
  const [column = '', ...keys] = name.split('.');
  const last = keys.length - 1;
  const quoted = `"${column.replaceAll('"', '""')}"`;
  return keys.reduce(
    (path, key, at) => `${path} ${at === last ? '->>' : '->'} '${key.replaceAll("'", "''")}'`,
    quoted,
  );
}

function accessMethod(index: EntityIndex): string | null {
  const type = typeof index.type === 'string' ? index.type : index.type?.indexType;
  return type === undefined || type.toLowerCase() === 'btree' ? null : type.toLowerCase();
}
