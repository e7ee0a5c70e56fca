import type { Dialect } from '../dialects/dialect.ts';
import { enumChecksOf } from '../dialects/sqlite/enum-check.ts';
import type { Column } from '../schema/column.ts';
import type { CheckConstraint } from '../schema/constraint.ts';
import { sameExpression } from './expression.ts';

/** The types of a column as a database has it and as the models want it. */
export interface TypePair {
  readonly live: Column;
  /** As this database would have it. */
  readonly localized: Column;
  /** As the models say it. */
  readonly neutral: Column;
}

/** Two types are the same when the database spells them alike; of an enumeration the values count, too. */
export function sameType(pair: TypePair, liveChecks: readonly CheckConstraint[], dialect: Dialect): boolean {
  const [live, localized] = [pair.live.type, pair.localized.type];
  if (live.kind === 'enum' && localized.kind === 'enum') {
    return live.name === localized.name && sameValues(live.values, localized.values);
  }
  if (!sameSpelling(dialect.renderType(live), dialect.renderType(localized), dialect)) return false;
  return pair.neutral.type.kind !== 'enum' || localized.kind === 'enum' || hasEnumCheck(pair, liveChecks);
}

/** SQLite does not tell upper from lower case in the words of a type. */
function sameSpelling(left: string, right: string, dialect: Dialect): boolean {
  if (dialect.name !== 'sqlite') return left === right;
  const plain = (text: string) => text.toUpperCase().replaceAll(/\s*([(),])\s*/g, '$1');
  return plain(left) === plain(right);
}

function sameValues(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, at) => value === right[at]);
}

/** On SQLite an enumeration is a text and a check. */
function hasEnumCheck(pair: TypePair, liveChecks: readonly CheckConstraint[]): boolean {
  const { name, type } = pair.neutral;
  if (type.kind !== 'enum') return true;
  const wanted = `"${name.replaceAll('"', '""')}" IN (${type.values.map(quoted).join(', ')})`;
  return enumChecksOf(pair.live, liveChecks).some((check) => sameExpression(check.expression, wanted));
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Checks of a live SQLite table that are part of a column's type, not constraints of their own. */
export function checksOfEnums(
  columns: readonly { readonly live: Column; readonly isEnum: boolean }[],
  checks: readonly CheckConstraint[],
): Set<CheckConstraint> {
  return new Set(columns.flatMap(({ live, isEnum }) => (isEnum ? enumChecksOf(live, checks) : [])));
}
