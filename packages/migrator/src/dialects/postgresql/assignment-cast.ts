import type { DataType } from '../../schema/data-type.ts';
import { parseType, renderType } from './data-type.ts';

type Kind = DataType['kind'];

const numbers: readonly Kind[] = ['smallInteger', 'integer', 'bigInteger', 'numeric', 'float', 'double'];
const texts: readonly Kind[] = ['string', 'text'];

/** Beside numbers among each other, and everything to text. */
const others: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
  dateTime: ['dateTime', 'date', 'time'],
  date: ['dateTime'],
};

/**
 * Whether PostgreSQL converts a column's values from one type to the other by itself.
 *
 * Source: PostgreSQL, `pg_cast` where `castcontext` is not `e`; every type has an assignment cast to texts, and an array
 * the one of its elements.
 *
 * @returns true where only the database knows: between a `raw` type and one that is no text.
 */
export function hasAssignmentCast(from: DataType, to: DataType): boolean {
  if (isText(to)) return true;
  if (isJson(from) || isJson(to)) return isJson(from) && isJson(to);
  const [element, target] = [elementOf(from), elementOf(to)];
  if (element && target) return hasAssignmentCast(element, target);
  if (to.kind === 'raw') return !isText(from);
  if (from.kind === 'raw') return true;
  if (from.kind === to.kind) return from.kind !== 'enum' || (to.kind === 'enum' && from.name === to.name);
  if (numbers.includes(from.kind) && numbers.includes(to.kind)) return true;
  return others[from.kind]?.includes(to.kind) ?? false;
}

/** Whether a type is one of PostgreSQL's for texts, whatever their length. */
export function isText(type: DataType): boolean {
  return texts.includes(type.kind) || (type.kind === 'raw' && rawText.test(renderType(type)));
}

const rawText = /^(?:character\(\d+\)|name|"char"|citext)$/;

export function isNumber(type: DataType): boolean {
  return numbers.includes(type.kind);
}

/** One spells a document as it was given, the other in a form of its own. */
export function isJson(type: DataType): boolean {
  return type.kind === 'json' || (type.kind === 'raw' && renderType(type) === 'json');
}

function elementOf(type: DataType): DataType | null {
  const spelled = renderType(type);
  return type.kind === 'raw' && spelled.endsWith('[]') ? parseType(spelled.slice(0, -2)) : null;
}
