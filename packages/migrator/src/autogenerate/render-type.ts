import type { DataType } from '../schema/data-type.ts';
import { array, type Code, call, literal, object, text } from './code.ts';

/** A type as a script writes it: `t.string(200)`. */
export function renderType(type: DataType): Code {
  switch (type.kind) {
    case 'string':
      return type.length === null ? call('t.string') : call('t.string', literal(type.length));
    case 'dateTime':
      return type.timezone ? call('t.dateTime', object({ timezone: text('true') })) : call('t.dateTime');
    case 'numeric': {
      const sizes = [type.precision, type.scale].filter((each) => each !== null);
      return call('t.numeric', ...sizes.map(literal));
    }
    case 'enum':
      return call('t.enum', literal(type.name), array(type.values.map(literal)));
    case 'raw':
      return call('t.raw', object({ sqlite: literal(type.sqlite), postgresql: literal(type.postgresql) }));
    default:
      return call(`t.${type.kind}`);
  }
}
