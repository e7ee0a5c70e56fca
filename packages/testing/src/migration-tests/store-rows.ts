import { type DialectName, dialectOf, type Schema, type Session } from '@freshmaker/migrator/engine';
import { parentsFirst } from './generate-rows.ts';
import { type Row, type Rows, type Table, versionTable } from './schema-parts.ts';

/** Writes rows, and lets ids count on after them. */
export async function insertRows(
  session: Session,
  dialect: DialectName,
  schema: Schema,
  rows: Rows,
): Promise<void> {
  for (const table of parentsFirst(schema.tables)) {
    for (const row of rows.get(table.name) ?? []) await insertRow(session, dialect, table, row);
    if (dialect === 'postgresql' && (rows.get(table.name)?.length ?? 0) > 0) await countOn(session, table);
  }
}

async function insertRow(session: Session, dialect: DialectName, table: Table, row: Row): Promise<void> {
  const quote = (name: string) => dialectOf(dialect).quoteIdentifier(name);
  const names = Object.keys(row);
  const marks = names.map((_, at) => (dialect === 'sqlite' ? '?' : `$${at + 1}`));
  const overriding = dialect === 'sqlite' ? '' : ' OVERRIDING SYSTEM VALUE';
  const values = Object.values(row).map((value) => (dialect === 'sqlite' ? sqliteValue(value) : value));
  await session.query(
    `INSERT INTO ${quote(table.name)} (${names.map(quote).join(', ')})${overriding} VALUES (${marks.join(', ')})`,
    values,
  );
}

function sqliteValue(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}

/** Sets the sequences of a table behind the highest id. */
async function countOn(session: Session, table: Table): Promise<void> {
  const { quoteIdentifier, quoteLiteral } = dialectOf('postgresql');
  for (const { name, autoincrement } of table.columns) {
    if (autoincrement === false) continue;
    const sequence = `pg_get_serial_sequence(${quoteLiteral(quoteIdentifier(table.name))}, ${quoteLiteral(name)})`;
    await session.query(
      `SELECT setval(${sequence}, (SELECT max(${quoteIdentifier(name)}) FROM ${quoteIdentifier(table.name)}))`,
    );
  }
}

/** All rows of all tables, with values that can be compared. */
export async function readRows(session: Session, dialect: DialectName, schema: Schema): Promise<Rows> {
  const quote = (name: string) => dialectOf(dialect).quoteIdentifier(name);
  const all = new Map<string, readonly Row[]>();
  for (const { name } of schema.tables.filter((table) => table.name !== versionTable)) {
    const { rows } = await session.query<Row>(`SELECT * FROM ${quote(name)}`);
    all.set(name, rows.map(comparableRow));
  }
  return all;
}

function comparableRow(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, comparable(value)]));
}

function comparable(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
