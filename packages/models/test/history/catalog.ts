import type { Session } from '@freshmaker/migrator';

/** A table as `test/oracle/schemas.*.json` records it: read with queries of its own, not with the migrator's inspector. */
export interface CatalogTable {
  readonly columns: readonly Record<string, unknown>[];
  readonly primary_key: readonly string[];
  readonly primary_key_name: string | null;
  readonly autoincrement: boolean;
  readonly foreign_keys: readonly Record<string, unknown>[];
  readonly indexes: readonly Record<string, unknown>[];
  readonly unique_constraints: readonly Record<string, unknown>[];
  readonly check_constraints: readonly unknown[];
}

export type Catalog = Readonly<Record<string, CatalogTable>>;

export async function readCatalog(session: Session, dialect: 'sqlite' | 'postgresql'): Promise<Catalog> {
  return dialect === 'sqlite' ? readSqlite(session) : readPostgresql(session);
}

async function readSqlite(session: Session): Promise<Catalog> {
  const all = async <Row>(sql: string, ...parameters: unknown[]) =>
    (await session.query<Row>(sql, parameters)).rows;
  const catalog: Record<string, CatalogTable> = {};
  const tables = await all<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  );
  for (const { name, sql } of tables) {
    const columns = await all<{
      name: string;
      type: string;
      notnull: number;
      dflt_value: string | null;
      pk: number;
    }>('SELECT * FROM pragma_table_info(?)', name);
    const keys = await all<Record<string, never>>(
      'SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq',
      name,
    );
    const indexes = await all<{ name: string; unique: number; origin: string; partial: number }>(
      'SELECT * FROM pragma_index_list(?)',
      name,
    );
    const columnsOf = async (index: string) =>
      (await all<{ name: string }>('SELECT name FROM pragma_index_info(?) ORDER BY seqno', index)).map(
        (row) => row.name,
      );
    catalog[name] = {
      columns: columns.map((each) => ({
        name: each.name,
        type: each.type,
        nullable: each.notnull === 0,
        default: each.dflt_value,
      })),
      primary_key: columns
        .filter((each) => each.pk > 0)
        .sort((left, right) => left.pk - right.pk)
        .map((each) => each.name),
      primary_key_name: /CONSTRAINT (\w+) PRIMARY KEY/.exec(sql)?.[1] ?? null,
      autoincrement: /AUTOINCREMENT/i.test(sql),
      foreign_keys: Object.values(Object.groupBy(keys, (key) => String(key.id))).map((parts = []) => ({
        name: null,
        columns: parts.map((part) => part.from),
        ref_table: parts[0]?.table,
        ref_columns: parts.map((part) => part.to),
        on_delete: parts[0]?.on_delete,
        on_update: parts[0]?.on_update,
      })),
      indexes: await Promise.all(
        indexes
          .filter((index) => index.origin === 'c')
          .map(async (index) => ({
            name: index.name,
            columns: await columnsOf(index.name),
            unique: index.unique === 1,
            partial: index.partial === 1,
          })),
      ),
      unique_constraints: await Promise.all(
        indexes
          .filter((index) => index.origin === 'u')
          .map(async (index) => ({
            name: null,
            columns: await columnsOf(index.name),
            autoindex: index.name,
          })),
      ),
      check_constraints: /\bCHECK\b/i.test(sql) ? [sql] : [],
    };
  }
  return catalog;
}

async function readPostgresql(session: Session): Promise<Catalog> {
  const all = async <Row>(sql: string, ...parameters: unknown[]) =>
    (await session.query<Row>(sql, parameters)).rows;
  const catalog: Record<string, CatalogTable> = {};
  const tables = await all<{ oid: number; name: string }>(
    "SELECT oid::int, relname::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
  );
  const actions: Readonly<Record<string, string>> = {
    a: 'NO ACTION',
    r: 'RESTRICT',
    c: 'CASCADE',
    n: 'SET NULL',
    d: 'SET DEFAULT',
  };
  for (const { oid, name } of tables) {
    const columns = await all<Record<string, unknown>>(
      `SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type, NOT attnotnull AS nullable,
              pg_get_expr(adbin, adrelid) AS "default", nullif(attidentity, '') AS identity
         FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
      oid,
    );
    const names = (array: string, relation: string) =>
      `(SELECT array_agg(attname::text ORDER BY position) FROM unnest(${array}) WITH ORDINALITY AS k(attnum, position)
          JOIN pg_attribute a ON a.attnum = k.attnum AND a.attrelid = ${relation})`;
    const constraints = await all<{
      name: string;
      type: string;
      columns: string[];
      ref: string | null;
      ref_columns: string[] | null;
      del: string;
      upd: string;
      definition: string;
    }>(
      `SELECT conname::text AS name, contype::text AS type, ${names('conkey', 'conrelid')} AS columns,
              (SELECT relname::text FROM pg_class WHERE oid = confrelid) AS ref, ${names('confkey', 'confrelid')} AS ref_columns,
              confdeltype::text AS del, confupdtype::text AS upd, pg_get_constraintdef(oid) AS definition
         FROM pg_constraint WHERE conrelid = $1 AND contype <> 'n'`,
      oid,
    );
    const indexes = await all<Record<string, unknown>>(
      `SELECT c.relname::text AS name, ${names('i.indkey', 'i.indrelid')} AS columns, indisunique AS unique,
              indpred IS NOT NULL AS partial
         FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE indrelid = $1 AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND conrelid = $1)`,
      oid,
    );
    const primaryKey = constraints.find((each) => each.type === 'p');
    catalog[name] = {
      columns,
      primary_key: primaryKey?.columns ?? [],
      primary_key_name: primaryKey?.name ?? null,
      autoincrement: columns.some((each) => String(each.default).startsWith('nextval(')),
      foreign_keys: constraints
        .filter((each) => each.type === 'f')
        .map((each) => ({
          name: each.name,
          columns: each.columns,
          ref_table: each.ref,
          ref_columns: each.ref_columns,
          on_delete: actions[each.del],
          on_update: actions[each.upd],
        })),
      indexes,
      unique_constraints: constraints
        .filter((each) => each.type === 'u')
        .map((each) => ({ name: each.name, columns: each.columns })),
      check_constraints: constraints.filter((each) => each.type === 'c').map((each) => each.definition),
    };
  }
  return catalog;
}

/** A catalog that two databases share when they are the same: what has no order of its own is sorted. */
export function inOrder(catalog: Catalog): Catalog {
  const sorted = <Value>(values: readonly Value[]) =>
    [...values].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  return Object.fromEntries(
    Object.entries(catalog).map(([name, table]) => [
      name,
      {
        ...table,
        foreign_keys: sorted(table.foreign_keys),
        indexes: sorted(table.indexes),
        unique_constraints: sorted(table.unique_constraints),
      },
    ]),
  );
}

/** All rows of all tables, each table in key order. */
export async function readRows(
  session: Session,
  dialect: 'sqlite' | 'postgresql',
): Promise<Record<string, Record<string, unknown>[]>> {
  const catalog = await readCatalog(session, dialect);
  const rows: Record<string, Record<string, unknown>[]> = {};
  for (const [name, table] of Object.entries(catalog)) {
    const columns = table.columns.map((column) =>
      String(column.type).startsWith('timestamp')
        ? `to_char("${column.name}", 'YYYY-MM-DD HH24:MI:SS') || CASE WHEN extract(microseconds FROM "${column.name}")::int % 1000000 = 0 THEN '' ELSE to_char("${column.name}", '.US') END AS "${column.name}"`
        : `"${column.name}"`,
    );
    const order = table.primary_key.map((column) => `"${column}"`).join(', ');
    const result = await session.query(`SELECT ${columns.join(', ')} FROM "${name}" ORDER BY ${order}`);
    rows[name] = [...result.rows];
  }
  return rows;
}
