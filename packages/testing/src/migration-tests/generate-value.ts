import type { Column, DataType } from './schema-parts.ts';

/**
 * A value for a column, another one for each number as far as the type has that many. Text that both databases take for
 * times, numbers and JSON.
 *
 * @param number from 1 on.
 */
export function generateValue({ type, name }: Column, number: number): unknown {
  switch (type.kind) {
    case 'integer':
    case 'smallInteger':
    case 'bigInteger':
      return number;
    case 'string':
      return `${name} ${number}`.slice(-(type.length ?? 200));
    case 'text':
      return `${name} ${number}: "quoted", it's ünïcode`;
    case 'boolean':
      return number % 2 === 1;
    case 'dateTime':
      return `2017-08-21 13:42:${two(number)}.123456`;
    case 'date':
      return `2017-08-${two((number % 28) + 1)}`;
    case 'time':
      return `13:42:${two(number)}`;
    case 'float':
    case 'double':
      return number + 0.5;
    case 'numeric':
      return numeric(number, type);
    case 'json':
      return JSON.stringify({ number, text: "it's" });
    case 'binary':
      return Buffer.from([0, number % 256, 255]);
    case 'uuid':
      return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    case 'enum':
      return type.values[(number - 1) % type.values.length];
    case 'raw':
      return rawValue(`${type.sqlite} ${type.postgresql}`, name, number);
  }
}

function two(number: number): string {
  return String(number % 60).padStart(2, '0');
}

function numeric(number: number, { precision, scale }: Extract<DataType, { kind: 'numeric' }>): string {
  const digits = precision === null ? 9 : precision - (scale ?? 0);
  const whole = digits > 0 ? number % 10 ** Math.min(digits, 9) : 0;
  return scale ? `${whole}.${'5'.padEnd(scale, '0')}` : String(whole);
}

/** A type only one database has, by what its name says. */
function rawValue(type: string, name: string, number: number): unknown {
  if (/\[\]/.test(type)) return '{}';
  if (/int|serial|num|real|double|dec/i.test(type)) return number;
  if (/json/i.test(type)) return JSON.stringify({ number });
  if (/bool/i.test(type)) return number % 2 === 1;
  if (/timestamp|datetime/i.test(type)) return `2017-08-21 13:42:${two(number)}`;
  if (/interval/i.test(type)) return `${number} days`;
  if (/blob|bytea/i.test(type)) return Buffer.from([number % 256]);
  if (/inet|cidr/i.test(type)) return `10.0.0.${number % 256}`;
  return `${name} ${number}`;
}
