import { TestingError } from '../error.ts';

/** Runs one statement on a PostgreSQL database as a superuser, outside any transaction. */
export type Run = <Row>(sql: string) => Promise<readonly Row[]>;

/** SQLSTATE of our own, for a schema that is not what it was. */
const schemaChanged = 'FM001';

/**
 * Identity and version of every object that is not PostgreSQL's own (those have ids from 16384 on): whatever changes the
 * schema changes it, and inserting, updating and deleting rows does not.
 */
const catalogVersion = `(SELECT md5(coalesce(string_agg(part, ',' ORDER BY part), '')) FROM (
  SELECT 'c' || oid || ':' || xmin FROM pg_class WHERE oid >= 16384
  UNION ALL SELECT 'a' || attrelid || '.' || attnum || ':' || xmin FROM pg_attribute WHERE attrelid >= 16384
  UNION ALL SELECT 'd' || oid || ':' || xmin FROM pg_attrdef WHERE oid >= 16384
  UNION ALL SELECT 'k' || oid || ':' || xmin FROM pg_constraint WHERE oid >= 16384
  UNION ALL SELECT 't' || oid || ':' || xmin FROM pg_type WHERE oid >= 16384
  UNION ALL SELECT 'e' || oid || ':' || xmin FROM pg_enum WHERE oid >= 16384
  UNION ALL SELECT 'p' || oid || ':' || xmin FROM pg_proc WHERE oid >= 16384
  UNION ALL SELECT 'g' || oid || ':' || xmin FROM pg_trigger WHERE oid >= 16384
  UNION ALL SELECT 'r' || oid || ':' || xmin FROM pg_rewrite WHERE oid >= 16384
  UNION ALL SELECT 'n' || oid || ':' || xmin FROM pg_namespace WHERE oid >= 16384
) AS catalog (part))`;

const tablesQuery = `SELECT format('%I.%I', n.nspname, c.relname) AS name,
  (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid >= 16384 AND c.relkind = 'r' AND c.relpersistence <> 't' ORDER BY c.oid`;

const sequencesQuery = `SELECT format('%I.%I', schemaname, sequencename) AS name,
  coalesce(last_value, start_value)::text AS value, last_value IS NOT NULL AS called FROM pg_sequences`;

interface TableRow {
  readonly name: string;
  readonly columns: string | null;
}

/** The rows of a PostgreSQL database at one moment, and the one statement that brings them back. */
export class RowReset {
  readonly #sql: string;

  private constructor(sql: string) {
    this.#sql = sql;
  }

  /** Remembers the present rows and where the sequences are. Meant for the few rows that tests begin with. */
  static async capture(run: Run): Promise<RowReset> {
    const tables = await run<TableRow>(tablesQuery);
    const sequences = await run<{ name: string; value: string; called: boolean }>(sequencesQuery);
    const [version] = await run<{ version: string }>(`SELECT ${catalogVersion} AS version`);
    const fills: string[] = [];
    for (const { name, columns } of tables) {
      const [stored] = await run<{ rows: string | null }>(
        `SELECT json_agg(to_json(stored))::text AS rows FROM ONLY ${name} AS stored`,
      );
      if (stored?.rows == null || columns === null) continue;
      fills.push(
        `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE ` +
          `SELECT ${columns} FROM json_populate_recordset(NULL::${name}, ${literal(stored.rows)});`,
      );
    }
    return new RowReset(
      `DO ${literal(
        [
          'BEGIN',
          // Neither triggers nor foreign keys have a say in it.
          `SET LOCAL session_replication_role = replica;`,
          `IF ${catalogVersion} <> ${literal(version?.version ?? '')} THEN`,
          `RAISE EXCEPTION 'the schema was changed' USING ERRCODE = '${schemaChanged}'; END IF;`,
          ...tables.map(({ name }) => `DELETE FROM ONLY ${name};`),
          ...fills,
          ...sequences.map(
            ({ name, value, called }) => `PERFORM setval(${literal(name)}::regclass, ${value}, ${called});`,
          ),
          'END',
        ].join('\n'),
      )}`,
    );
  }

  /** @returns false, having changed nothing, when the schema is not what it was. */
  async apply(run: Run): Promise<boolean> {
    try {
      await run(this.#sql);
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === schemaChanged) return false;
      throw new TestingError(
        'TEST_DATABASE_NOT_READY',
        `The rows of a test cannot be removed: ${(error as Error).message}`,
        'Look for a connection of the test that still holds a lock.',
        { cause: error },
      );
    }
  }
}

function literal(text: string): string {
  // Escaped backslashes mean the same whatever the server's settings are.
  return ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
