import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { DatabaseStateError } from '../errors.ts';
import type { VersionChange } from '../revision/version-rows.ts';

export const VERSION_TABLE = 'alembic_version';

interface VersionColumn {
  readonly name: string;
  /** Whether a row cannot be written without a value for it; 1 and 0 on SQLite. */
  readonly required: boolean | number;
  /** As the database calls it. */
  readonly type: string;
  /** Whether a text stays what it is in the column; 1 and 0 on SQLite. */
  readonly isText: boolean | number;
}

/**
 * The table that says at which revisions a database is, exactly as Alembic keeps it (source: Alembic,
 * `runtime/migration.py`), so that both can take turns.
 */
export class VersionTable {
  readonly #dialect: Dialect;
  readonly #name: string;
  /** The revision of a row. PostgreSQL pads a CHAR(n) with blanks, which are no part of the id and which a cast takes off. */
  readonly #id: string;
  /** Whether the table was found to be as it must be; nobody changes that during a run, and what is wrong then fails loudly. */
  #isChecked = false;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#name = dialect.quoteIdentifier(VERSION_TABLE);
    this.#id = dialect.name === 'postgresql' ? 'version_num::text AS version_num' : 'version_num';
  }

  /**
   * The current heads; none when the table is empty or missing. Other columns beside `version_num` are left alone, as
   * Alembic leaves them, unless they keep a row from being written.
   *
   * @param mark a comment by which others find the query while it runs.
   * @throws DatabaseStateError `VERSION_TABLE_INVALID` when a table of this name has another shape, or a row without a
   *   revision.
   */
  async read(session: Session, mark = ''): Promise<readonly string[]> {
    this.#isChecked ||= await this.exists(session);
    if (!this.#isChecked) return [];
    const { rows } = await session.query<VersionRow>(
      `${mark}SELECT ${this.#id} FROM ${this.#name} ORDER BY 1`,
    );
    return rows.map(revisionOf);
  }

  /**
   * As {@link read}, and on the same way to the database and back whether another query has rows: a long history asks for
   * every revision.
   */
  async readBeside(
    session: Session,
    other: string,
  ): Promise<{ readonly heads: readonly string[]; readonly found: boolean }> {
    this.#isChecked ||= await this.exists(session);
    const query = `SELECT ${this.#id}, EXISTS (${other}) AS found FROM ${this.#name} ORDER BY 1`;
    const rows = this.#isChecked
      ? (await session.query<VersionRow & { readonly found: boolean | number }>(query)).rows
      : [];
    const found = rows[0]?.found ?? (await session.query(other)).rows.length > 0;
    return { heads: rows.map(revisionOf), found: Boolean(found) };
  }

  /** The table was written, and that is committed: the next read need not ask whether it is there. */
  noteWritten(): void {
    this.#isChecked = true;
  }

  /**
   * Whether the table is there.
   *
   * @throws DatabaseStateError `VERSION_TABLE_INVALID` when it has another shape.
   */
  async exists(session: Session): Promise<boolean> {
    const columns = await this.#columns(session);
    if (columns.length === 0) return false;
    const names = columns.map((each) => each.name);
    const column = columns.find((each) => each.name === 'version_num');
    if (!column) throw wrongShape(names);
    if (!column.isText) throw wrongType(column.type);
    const required = columns.filter((each) => each.required && each.name !== 'version_num');
    if (required.length > 0) throw requiresMore(required.map((each) => each.name));
    return true;
  }

  async #columns(session: Session): Promise<readonly VersionColumn[]> {
    return (await session.query<VersionColumn>(columnQueries[this.#dialect.name])).rows;
  }

  /** The statement that makes the table where it is missing. */
  get creation(): string {
    return (
      `CREATE TABLE IF NOT EXISTS ${this.#name} (\n\tversion_num VARCHAR(32) NOT NULL,\n` +
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

  /** Makes the table where it was missing when it was read, then as {@link apply}. */
  async write(session: Session, change: VersionChange): Promise<void> {
    // The revision itself may have made it meanwhile.
    if (!this.#isChecked) await session.query(this.creation);
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

interface VersionRow {
  readonly version_num: unknown;
}

function revisionOf({ version_num: id }: VersionRow): string {
  if (id === null) throw noRevision();
  if (typeof id !== 'string') throw noText(id);
  return id;
}

/** Whether version rows are the same, in whatever order. */
export function sameHeads(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((head) => right.includes(head));
}

const columnQueries = {
  sqlite:
    'SELECT name, "notnull" = 1 AND dflt_value IS NULL AND hidden = 0 AS required, type,' +
    ` type NOT LIKE '%INT%' AS "isText" FROM pragma_table_xinfo('${VERSION_TABLE}')`,
  postgresql:
    "SELECT attname::text AS name, attnotnull AND NOT atthasdef AND attidentity = '' AS required," +
    ` format_type(atttypid, atttypmod) AS type, typcategory = 'S' AND atttypid <> '"char"'::regtype AS "isText"` +
    ' FROM pg_catalog.pg_attribute JOIN pg_catalog.pg_type ON pg_type.oid = atttypid' +
    ` WHERE attrelid = to_regclass('${VERSION_TABLE}') AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
} as const;

function wrongType(type: string): DatabaseStateError {
  return new DatabaseStateError(
    'VERSION_TABLE_INVALID',
    `The column version_num of ${VERSION_TABLE} is of type ${type}, which holds no id of a revision.`,
    {
      hint: 'Change its type to VARCHAR(32), or drop the table and say with `db stamp REV` at which revision the database is.',
      facts: { table: VERSION_TABLE, columns: ['version_num'], type },
    },
  );
}

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

function requiresMore(columns: readonly string[]): DatabaseStateError {
  const names = columns.map((each) => `"${each}"`).join(', ');
  return new DatabaseStateError(
    'VERSION_TABLE_INVALID',
    `The table ${VERSION_TABLE} wants a value for ${names} in every row, which a row that only names a revision does not have.`,
    {
      hint: 'Give the column a default, let it take NULL, or drop it; only version_num is written.',
      facts: { table: VERSION_TABLE, columns },
    },
  );
}

function noRevision(): DatabaseStateError {
  return new DatabaseStateError(
    'VERSION_TABLE_INVALID',
    `The table ${VERSION_TABLE} has a row whose version_num is NULL: it names no revision.`,
    {
      hint: `Delete it with \`DELETE FROM ${VERSION_TABLE} WHERE version_num IS NULL\`, or write all rows anew with \`db stamp --purge REV\`.`,
      facts: { table: VERSION_TABLE, columns: ['version_num'] },
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
