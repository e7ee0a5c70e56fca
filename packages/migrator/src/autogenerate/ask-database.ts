import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import type { Ambiguity, Comparison, Decisions } from './comparison.ts';

/** What a comparison asks of the rows. Names are those of the database as it is, before any rename. */
export interface RowQuestions {
  hasRows(table: string): Promise<boolean>;
  hasNulls(table: string, column: string): Promise<boolean>;
}

/** The rows of a live database. Nothing is written. */
export function rowQuestions(session: Session, dialect: Dialect): RowQuestions {
  const any = async (source: string) =>
    (await session.query(`SELECT 1 AS found FROM ${source} LIMIT 1`)).rows;
  return {
    hasRows: async (table) => (await any(dialect.quoteIdentifier(table))).length > 0,
    hasNulls: async (table, column) => {
      const condition = `${dialect.quoteIdentifier(column)} IS NULL`;
      return (await any(`${dialect.quoteIdentifier(table)} WHERE ${condition}`)).length > 0;
    },
  };
}

/**
 * Leaves out the questions that no row is in the way of: a NOT NULL where there is no NULL, a conversion where there is
 * no row.
 *
 * @param decisions those the comparison was made with: its questions speak of new names.
 */
export async function withoutIdleQuestions(
  comparison: Comparison,
  rows: RowQuestions,
  decisions: Decisions,
): Promise<Comparison> {
  const ambiguities: Ambiguity[] = [];
  for (const ambiguity of comparison.ambiguities) {
    if (await matters(ambiguity, rows, decisions)) ambiguities.push(ambiguity);
  }
  return { ...comparison, ambiguities };
}

async function matters(ambiguity: Ambiguity, rows: RowQuestions, { renames }: Decisions): Promise<boolean> {
  if (ambiguity.unless === null) return true;
  const { table, column } = ambiguity;
  const oldTable = renames.find((each) => each.table === null && each.to === table)?.from ?? table;
  if (ambiguity.unless === 'noRows' || column === null) return rows.hasRows(oldTable);
  const oldColumn = renames.find(
    (each) => each.to === column && (each.table === table || each.table === oldTable),
  );
  return rows.hasNulls(oldTable, oldColumn?.from ?? column);
}
