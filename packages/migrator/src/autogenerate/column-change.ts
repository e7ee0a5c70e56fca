import type { Dialect } from '../dialects/dialect.ts';
import type { ColumnChange } from '../operations/operation.ts';
import type { Table } from '../schema/table.ts';
import { sameCollation } from './collation.ts';
import { sameType, type TypePair } from './column-type.ts';
import { sameExpression } from './expression.ts';
import { sameDefault } from './server-default.ts';

/**
 * What of a column has to change, in the models' own terms.
 *
 * @param live the table as it is, for its keys and checks.
 * @returns null when nothing does.
 */
export function columnChange(pair: TypePair, live: Table, dialect: Dialect): ColumnChange | null {
  const { neutral, localized } = pair;
  const inKey = live.primaryKey?.columns.includes(pair.live.name) ?? false;
  const typeChanges = !sameType(pair, live.checks, dialect);
  const change: ColumnChange = {
    ...(typeChanges ? { type: neutral.type } : {}),
    // A key is NOT NULL by itself; SQLite alone does not always say so.
    ...(localized.nullable !== pair.live.nullable && !inKey ? { nullable: neutral.nullable } : {}),
    ...(defaultChanges(pair) ? { serverDefault: neutral.serverDefault } : {}),
    ...(countingChanges(pair) ? { autoincrement: neutral.autoincrement } : {}),
    ...(sameCollation(localized.collation, pair.live.collation, dialect)
      ? {}
      : { collation: neutral.collation }),
    ...(localized.comment === pair.live.comment ? {} : { comment: neutral.comment }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** That an integer key of SQLite is the rowid, which counts, comes and goes with the key: who asks for no counting has none. */
function countingChanges({ live, localized, neutral }: TypePair): boolean {
  if (live.autoincrement === false && neutral.autoincrement === false) return false;
  return localized.autoincrement !== live.autoincrement;
}

function defaultChanges({ live, localized, neutral }: TypePair): boolean {
  if (neutral.generated || live.generated) return false;
  return !sameDefault(live.serverDefault, localized.serverDefault, neutral.type);
}

/** Whether a column is computed in the same way; a database can only be told so when the column is made. */
export function sameGenerated({ live, neutral }: TypePair): boolean {
  if (live.generated === null || neutral.generated === null) return live.generated === neutral.generated;
  return (
    live.generated.stored === neutral.generated.stored &&
    sameExpression(live.generated.expression, neutral.generated.expression)
  );
}
