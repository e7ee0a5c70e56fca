import type { Session } from '../../driver/driver.ts';

/** A table, index, view or trigger with the statement that created it. */
export interface CatalogObject {
  readonly type: string;
  readonly name: string;
  /** The table or view it belongs to; its own name for a table or view. */
  readonly table: string;
  readonly sql: string;
}

/** A column as `PRAGMA table_xinfo` tells it. */
export interface CatalogColumn {
  readonly owner: string;
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  /** Its place in the primary key, from 1; 0 where it is not part of it. */
  readonly pk: number;
  /** 2 for a virtual and 3 for a stored generated column. */
  readonly hidden: number;
}

export interface Catalog {
  /** In the order of their creation, without those SQLite made for itself. */
  readonly objects: readonly CatalogObject[];
  readonly columns: ReadonlyMap<string, readonly CatalogColumn[]>;
  /** What is on this connection only. */
  readonly temporary: readonly Omit<CatalogObject, 'sql'>[];
  /** The tables that are neither virtual nor the shadow of one. */
  readonly ordinary: ReadonlySet<string>;
}

const objectsSql = `
  SELECT type, name, tbl_name AS "table", sql FROM main.sqlite_schema
  WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  ORDER BY rowid`;

const temporarySql = `SELECT type, name, tbl_name AS "table" FROM sqlite_temp_schema ORDER BY rowid`;

const kindsSql = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'`;

// A virtual table has no pages of its own; asking for its columns would load its module, which may not be there.
const columnsSql = `
  SELECT m.name AS owner, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
  FROM main.sqlite_schema AS m, pragma_table_xinfo(m.name, 'main') AS x
  WHERE m.type = 'table' AND m.rootpage > 0 AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  ORDER BY m.rowid, x.cid`;

/** Reads all of the main database's catalog, and the names of what is temporary, in four statements. */
export async function readCatalog(session: Session): Promise<Catalog> {
  const objects = await session.query<CatalogObject>(objectsSql);
  const temporary = await session.query<Catalog['temporary'][number]>(temporarySql);
  const kinds = await session.query<{ readonly name: string }>(kindsSql);
  const columns = await session.query<CatalogColumn>(columnsSql);
  return {
    objects: objects.rows,
    temporary: temporary.rows,
    columns: Map.groupBy(columns.rows, (row) => row.owner),
    ordinary: new Set(kinds.rows.map((row) => row.name)),
  };
}
