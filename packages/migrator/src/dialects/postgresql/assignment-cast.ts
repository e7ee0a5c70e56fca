import type { DataType } from '../../schema/data-type.ts';

type Kind = DataType['kind'];

const numbers: readonly Kind[] = ['smallInteger', 'integer', 'bigInteger', 'numeric', 'float', 'double'];
const texts: readonly Kind[] = ['string', 'text'];

/** Beside numbers among each other, and everything to text. */
const others: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
  dateTime: ['dateTime', 'date', 'time'],
  date: ['dateTime'],
};

/**
 * Whether PostgreSQL converts a column's values from one type to the other by itself; elsewhere the author must say how.
 *
 * Source: PostgreSQL, `pg_cast` where `castcontext` is not `e`; every type has an assignment cast to text.
 *
 * @returns true for `raw` types too, which only the database knows.
 */
export function hasAssignmentCast(from: DataType, to: DataType): boolean {
  if (from.kind === 'raw' || to.kind === 'raw') return true;
  if (from.kind === to.kind) return from.kind !== 'enum' || (to.kind === 'enum' && from.name === to.name);
  if (texts.includes(to.kind)) return true;
  if (numbers.includes(from.kind) && numbers.includes(to.kind)) return true;
  return others[from.kind]?.includes(to.kind) ?? false;
}
