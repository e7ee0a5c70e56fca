import {
  type AbstractSqlConnection,
  AbstractSqlDriver,
  type Configuration,
  type DatabaseSchema,
  type DatabaseTable,
  SqliteConnection,
  SqlitePlatform,
  SqliteSchemaHelper,
  type Transaction,
} from '@mikro-orm/sqlite';

type SqlColumn = ReturnType<DatabaseTable['getColumns']>[number];
type ListedTables = Parameters<SqliteSchemaHelper['loadInformationSchema']>[2];

/**
 * MikroORM's driver for better-sqlite3 with the DDL of files made by the Python service, so that the schema of the
 * entities is the schema of these files: types as SQLAlchemy declares them, no AUTOINCREMENT.
 */
export class SqliteDriver extends AbstractSqlDriver<SqliteConnection> {
  constructor(config: Configuration) {
    super(config, new DeclaredTypesPlatform(), SqliteConnection, ['kysely', 'better-sqlite3']);
  }
}

class DeclaredTypesPlatform extends SqlitePlatform {
  protected override readonly schemaHelper: SqliteSchemaHelper = new PlainSqliteSchemaHelper(this);

  override getVarcharTypeDeclarationSQL(column: { length?: number }): string {
    return column.length !== undefined && column.length > 0 ? `varchar(${column.length})` : 'varchar';
  }

  override getBooleanTypeDeclarationSQL(): string {
    return 'boolean';
  }
}

/**
 * Reads and writes the DDL of existing files: an integer primary key counts up without the keyword AUTOINCREMENT (which
 * would add a table of counters and cost time), a UNIQUE inside a table has no name of its own, and the default of an
 * integer column may be spelt as text.
 */
class PlainSqliteSchemaHelper extends SqliteSchemaHelper {
  override createTableColumn(column: SqlColumn, table: DatabaseTable): string | undefined {
    return super.createTableColumn({ ...column, autoincrement: false }, table);
  }

  override async loadInformationSchema(
    schema: DatabaseSchema,
    connection: AbstractSqlConnection,
    tables: ListedTables,
    schemas?: string[],
    ctx?: Transaction,
  ): Promise<void> {
    await super.loadInformationSchema(schema, connection, tables, schemas, ctx);
    for (const table of schema.getTables()) {
      for (const column of table.getColumns().filter(isInteger)) {
        column.autoincrement = column.primary && table.getPrimaryKey()?.columnNames.length === 1;
        column.default = column.default?.replace(/^'(-?\d+)'$/, '$1');
      }
      const uniques = await readUnnamedUniques(connection, table.name, ctx);
      table.setIndexes([
        ...table.getIndexes(),
        ...uniques.map((columns) => this.#unique(table.name, columns)),
      ]);
    }
  }

  #unique(table: string, columns: string[]): ReturnType<DatabaseTable['getIndexes']>[number] {
    return {
      keyName: this.platform.getIndexName(table, columns, 'unique'),
      columnNames: columns,
      composite: columns.length > 1,
      constraint: true,
      unique: true,
      primary: false,
    };
  }
}

const isInteger = (column: SqlColumn): boolean => column.type.toLowerCase() === 'integer';

/** The columns of every UNIQUE that stands in the table's own statement: SQLite lists it under a name it made up. */
async function readUnnamedUniques(
  connection: AbstractSqlConnection,
  table: string,
  ctx?: Transaction,
): Promise<string[][]> {
  const rows: { index: string; column: string }[] = await connection.execute(
    `select l.name as "index", i.name as "column" from pragma_index_list(?) l, pragma_index_info(l.name) i
     where l.origin = 'u' order by l.seq, i.seqno`,
    [table],
    'all',
    ctx,
  );
  return [...Map.groupBy(rows, ({ index }) => index).values()].map((part) =>
    part.map(({ column }) => column),
  );
}
