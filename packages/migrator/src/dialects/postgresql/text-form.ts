import type { DataType } from '../../schema/data-type.ts';
import { renderType } from './data-type.ts';
import { quoteLiteral } from './literal.ts';
import { losesKeys } from './lost-keys.ts';

const number = '-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|-?Infinity';
const date = '[0-9]{4,6}-[0-9]{2}-[0-9]{2}';
const time = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?';
const zone = '(Z|[+-][0-9]{2}(:?[0-9]{2}){0,2})';

/** How PostgreSQL writes the values of a type; what is written in another way may mean something else (`01/02/2020`). */
const forms: Readonly<Partial<Record<DataType['kind'], string>>> = {
  integer: '0|-?[1-9][0-9]*',
  smallInteger: '0|-?[1-9][0-9]*',
  bigInteger: '0|-?[1-9][0-9]*',
  numeric: number,
  float: number,
  double: number,
  boolean: 'true|false',
  date: `${date}( BC)?|-?infinity`,
  time,
  binary: '\\\\x([0-9a-f]{2})*',
  uuid: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
};

/**
 * The condition under which a text does not say exactly one value of a type, or would come back as another text: a leading
 * zero, a digit too many, a moment without its time zone, a JSON document with a key twice. A number or a moment may be
 * written in several ways.
 *
 * @param text SQL of the text.
 */
export function isAnotherText(text: string, type: DataType): string {
  if (type.kind === 'enum') return `${text} NOT IN (${type.values.map(quoteLiteral).join(', ')})`;
  if (type.kind === 'json') return losesKeys(text, `${text}::JSONB::text`);
  const form = formOf(type);
  const target = renderType(type);
  if (form === undefined) return `${text}::${target}::text IS DISTINCT FROM ${text}`;
  const misspelt = `${text} !~ ${quoteLiteral(`^(${form})$`)}`;
  if (!mayRound(type)) return misspelt;
  const rounded = `${text}::${target}::text::numeric IS DISTINCT FROM ${text}::numeric`;
  return `CASE WHEN ${misspelt} THEN true ELSE ${rounded} END`;
}

function formOf(type: DataType): string | undefined {
  if (type.kind !== 'dateTime') return forms[type.kind];
  return `${date}[ T]${time}${type.timezone ? zone : ''}( BC)?|-?infinity`;
}

function mayRound(type: DataType): boolean {
  if (type.kind === 'numeric') return type.precision !== null;
  return type.kind === 'float' || type.kind === 'double';
}
