import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { DatabaseStateError } from '../errors.ts';
import type { VersionChange } from '../revision/version-rows.ts';

export const VERSION_TABLE = 'alembic_version';

/**
 * The table that says at which revisions a database is, exactly as Alembic keeps it (source: Alembic,
 * `runtime/migration.py`), so that both can take turns.
 */
export class VersionTable {
  readonly #dialect: Dialect;
  readonly #name: string;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#name = dialect.quoteIdentifier(VERSION_TABLE);
  }

  /**
   * The current heads; none when the table is empty or missing.
   *
   * @throws DatabaseStateError `VERSION_TABLE_INVALID` when a table of this name has another shape.
   */
  async read(session: Session): Promise<readonly string[]> {
    const columns = await this.#columns(session);
    if (columns.length === 0) return [];
    if (!columns.includes('version_num')) throw wrongShape(columns);
    const { rows } = await session.query<{ version_num: unknown }>(
      `SELECT version_num FROM ${this.#name} ORDER BY version_num`,
    );
    return rows.flatMap(({ version_num: id }) => {
      if (id === null) return [];
      if (typeof id !== 'string') throw noText(id);
      return id;
    });
  }

  async exists(session: Session): Promise<boolean> {
    return (await this.#columns(session)).length > 0;
  }

  async #columns(session: Session): Promise<string[]> {
    const { rows } = await session.query<{ name: string }>(columnQueries[this.#dialect.name]);
    return rows.map((row) => row.name);
  }

  /** The statement that makes the table. */
  get creation(): string {
    return (
      `CREATE TABLE ${this.#name} (\n\tversion_num VARCHAR(32) NOT NULL,\n` +
      '\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)'
    );
  }

  /** The statement that forgets all rows. */
  get purge(): string {
    return `DELETE FROM ${this.#name}`;
  }

  /** The statements of a change, each of which must touch one row. */
  statements(change: VersionChange): string[] {
    const literal = (value: string) => this.#dialect.quoteLiteral(value);
    return [
      ...change.deletes.map((each) => `DELETE FROM ${this.#name} WHERE version_num = ${literal(each)}`),
      ...change.updates.map(
        ({ from, to }) =>
          `UPDATE ${this.#name} SET version_num = ${literal(to)} WHERE version_num = ${literal(from)}`,
      ),
      ...change.inserts.map((each) => `INSERT INTO ${this.#name} (version_num) VALUES (${literal(each)})`),
    ];
  }

  /** Makes the table where it is missing, then as {@link apply}. */
  async write(session: Session, change: VersionChange): Promise<void> {
    if (!(await this.exists(session))) await session.query(this.creation);
    await this.apply(session, change);
  }

  /** @throws DatabaseStateError `VERSION_TABLE_INVALID` when a row is not there, or there twice. */
  async apply(session: Session, change: VersionChange): Promise<void> {
    for (const statement of this.statements(change)) {
      const { affected } = await session.query(statement);
      if (affected === 1) continue;
      throw new DatabaseStateError(
        'VERSION_TABLE_INVALID',
        `The version table was changed by somebody else: \`${statement}\` met ${affected} rows instead of one.`,
        { hint: 'Look at `db current`, and set it right with `db stamp`.', facts: { statement, affected } },
      );
    }
  }
}

/** Whether version rows are the same, in whatever order. */
export function sameHeads(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((head) => right.includes(head));
}

const columnQueries = {
  sqlite: `SELECT name FROM pragma_table_info('${VERSION_TABLE}')`,
  postgresql:
    `SELECT attname::text AS name FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass('${VERSION_TABLE}')` +
    ' AND attnum > 0 AND NOT attisdropped',
} as const;

function wrongShape(columns: readonly string[]): DatabaseStateError {
  return new DatabaseStateError(
    'VERSION_TABLE_INVALID',
    `The table ${VERSION_TABLE} has no column version_num; its columns are ${columns.join(', ')}.`,
    {
      hint: `Rename that table; this program needs the name for (version_num VARCHAR(32) PRIMARY KEY).`,
      facts: { table: VERSION_TABLE, columns },
    },
  );
}

function noText(value: unknown): DatabaseStateError {
  return new DatabaseStateError(
    'VERSION_TABLE_INVALID',
    `The column version_num of ${VERSION_TABLE} holds ${value}, which is no text.`,
    {
      hint: `Rename that table; this program needs the name for (version_num VARCHAR(32) PRIMARY KEY).`,
      facts: { table: VERSION_TABLE, columns: ['version_num'] },
    },
  );
}
