import type { Session } from '../../driver/driver.ts';
import { findTable, type Schema, type Trigger } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import type { InspectOptions } from '../dialect.ts';
import { type Catalog, type CatalogColumn, type CatalogObject, readCatalog } from './catalog.ts';
import { checkedAgainstCatalog, tableFromCatalog } from './catalog-check.ts';
import { parseIndex } from './ddl/parse-index.ts';
import { parseTable } from './ddl/parse-table.ts';
import { UnreadableDefinition } from './ddl/token-cursor.ts';
import { markUnreadable } from './find-unreadable.ts';
import { foldName, sameName } from './sql-text.ts';
import { inPlainWords } from './stored-definition.ts';

/**
 * Reads the structure of a SQLite database: four statements, however many tables there are. What the pragmas do not
 * tell is read in the stored statements. Virtual tables, their shadow tables and SQLite's own tables are left out.
 */
export async function inspect(session: Session, options: InspectOptions = {}): Promise<Schema> {
  const { objects, columns, ordinary, temporary } = await readCatalog(session);
  const wanted = (table: string) => ordinary.has(table) && !options.exclude?.(table);
  const ofType = (type: string) => objects.filter((each) => each.type === type);
  const tables = ofType('table')
    .filter((each) => wanted(each.name))
    .map((each) => withTemporaryTriggers(readTable(each, columns.get(each.name) ?? []), temporary));
  const indexes = Map.groupBy(ofType('index'), (each) => foldName(each.table));
  const views = ofType('view').map(({ name, sql }) => ({ name, sql }));
  const schema = {
    tables: tables.map((table) =>
      resolveReferences(inPlainWords(withIndexes(table, indexes.get(foldName(table.name)) ?? [])), tables),
    ),
    enums: [],
    views,
    triggers: ofType('trigger').flatMap((each) => readTrigger(each, [...tables, ...views])),
    ...statistics(ordinary),
    ...temporaryObjects(temporary),
  };
  return markUnreadable(schema, session);
}

/** What `ANALYZE` writes. */
function statistics(ordinary: Catalog['ordinary']): Pick<Schema, 'statistics'> {
  const found = ['sqlite_stat1', 'sqlite_stat4'].filter((each) => ordinary.has(each));
  return found.length === 0 ? {} : { statistics: found };
}

/** SQLite drops a temporary trigger with its table, and keeps no text of it that says which table of which database. */
function withTemporaryTriggers(table: Table, temporary: Catalog['temporary']): Table {
  const [trigger] = temporary.filter((each) => each.type === 'trigger' && sameName(each.table, table.name));
  if (!trigger) return table;
  const reason = `the temporary trigger "${trigger.name}" of this connection is on it`;
  return { ...table, opaque: table.opaque === null ? reason : `${table.opaque}; ${reason}` };
}

function temporaryObjects(temporary: Catalog['temporary']): Pick<Schema, 'temporary'> {
  const named = temporary.filter((each) => each.type !== 'trigger');
  return named.length === 0 ? {} : { temporary: named.map(({ type, name }) => ({ type, name })) };
}

/** Triggers of tables that are left out are left out, too. */
function readTrigger({ name, table, sql }: CatalogObject, owners: readonly { name: string }[]): Trigger[] {
  const owner = owners.find((each) => sameName(each.name, table));
  return owner ? [{ name, table: owner.name, sql }] : [];
}

function readTable({ name, sql }: CatalogObject, columns: readonly CatalogColumn[]): Table {
  try {
    return checkedAgainstCatalog({ ...parseTable(sql), name }, columns);
  } catch (error) {
    if (!(error instanceof UnreadableDefinition)) throw error;
    return tableFromCatalog(name, columns, `its definition could not be read: ${error.message}`);
  }
}

function withIndexes(table: Table, objects: readonly CatalogObject[]): Table {
  const names = table.columns.map((column) => column.name);
  let { opaque } = table;
  const indexes = objects.flatMap(({ name, sql }) => {
    try {
      return [{ ...parseIndex(sql, names), name }];
    } catch (error) {
      if (!(error instanceof UnreadableDefinition)) throw error;
      opaque ??= `the definition of its index "${name}" could not be read: ${error.message}`;
      return [];
    }
  });
  return { ...table, indexes, opaque };
}

/** Spells the targets of foreign keys as they are called; a key that names no columns means the primary key. */
function resolveReferences(table: Table, tables: readonly Table[]): Table {
  const foreignKeys = table.foreignKeys.map((key) => {
    const target =
      findTable({ tables } as Schema, key.refTable) ??
      tables.find((each) => sameName(each.name, key.refTable));
    if (!target) return key;
    const refColumns =
      key.refColumns.length === 0
        ? (target.primaryKey?.columns ?? [])
        : key.refColumns.map(
            (name) => target.columns.find((each) => sameName(each.name, name))?.name ?? name,
          );
    return { ...key, refTable: target.name, refColumns };
  });
  return { ...table, foreignKeys };
}
