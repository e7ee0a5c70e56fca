import type { Constraint, UniqueConstraint } from '../schema/constraint.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import type { TableIndex } from '../schema/table-index.ts';
import { sameConstraint, sameNames } from './constraint-definition.ts';
import { plainUniqueColumns } from './index-definition.ts';

/** The models with what they leave open taken from a reference: see {@link settledTable}. */
export function settledSchema(models: Schema, reference: Schema): Schema {
  const known = new Map(reference.tables.map((table) => [table.name, table]));
  return { ...models, tables: models.tables.map((table) => settledTable(table, known.get(table.name))) };
}

/**
 * A table of the models with what the models leave open taken from a reference: the names of constraints, whether a
 * unique key is a constraint or an index, whether old rows have been checked.
 *
 * @param reference the table as the history leaves it; where the history is not known, as the database has it.
 */
function settledTable(table: Table, reference: Table | undefined): Table {
  if (reference === undefined)
    return { ...table, ...settledUniques(table, { ...table, uniques: [], indexes: [] }) };
  const { uniques, indexes } = settledUniques(table, reference);
  const { primaryKey } = table;
  return {
    ...table,
    primaryKey: primaryKey && {
      ...primaryKey,
      name: reference.primaryKey?.name ?? primaryKey.name,
    },
    uniques,
    indexes,
    checks: named(table.checks, reference.checks),
    foreignKeys: named(table.foreignKeys, reference.foreignKeys),
    // Models do not know these.
    strict: reference.strict,
    withoutRowid: reference.withoutRowid,
    opaque: reference.opaque,
  };
}

/** Constraints with the names (and the state) that the reference has for those that demand the same. */
function named<C extends Constraint>(wanted: readonly C[], there: readonly C[]): C[] {
  const free = new Set(there);
  return wanted.map((each) => {
    const same = [...free].filter((other) => sameConstraint(each, other));
    const match = same.find((other) => other.name === each.name) ?? same[0];
    if (!match) return each;
    free.delete(match);
    return 'notValid' in each
      ? { ...each, name: match.name, notValid: notValid(match) }
      : { ...each, name: match.name };
  });
}

function notValid(constraint: Constraint): boolean {
  return 'notValid' in constraint && constraint.notValid;
}

function settledUniques(table: Table, reference: Table): Pick<Table, 'uniques' | 'indexes'> {
  const indexOn = (columns: readonly string[]) =>
    reference.indexes.find((index) => sameNames(plainUniqueColumns(index) ?? [], columns));
  const constraintOn = (columns: readonly string[]) =>
    reference.uniques.find((unique) => sameNames(unique.columns, columns));
  const uniques: UniqueConstraint[] = [];
  const indexes: TableIndex[] = [];
  for (const unique of table.uniques) {
    // Said twice, it is one key on both databases.
    if (uniques.some((each) => sameNames(each.columns, unique.columns))) continue;
    const [constraint, index] = [constraintOn(unique.columns), indexOn(unique.columns)];
    if (!constraint && index && unique.deferrable === undefined) indexes.push(index);
    else uniques.push({ ...unique, name: constraint ? constraint.name : unique.name });
  }
  for (const index of table.indexes) {
    const columns = plainUniqueColumns(index);
    const constraint = columns && !indexOn(columns) ? constraintOn(columns) : undefined;
    const taken = constraint && uniques.some((each) => sameNames(each.columns, constraint.columns));
    if (constraint && !taken) uniques.push(constraint);
    else indexes.push(index);
  }
  return { uniques, indexes };
}
