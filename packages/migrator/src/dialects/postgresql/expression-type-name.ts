import { type TokenReader, UnknownSyntax } from './token-reader.ts';

/** First words of types, as they may stand before a literal: `date '2020-01-01'`. */
const literalTypes = [
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'timetz',
  'interval',
  'numeric',
  'text',
  'jsonb',
  'json',
  'uuid',
];

const seconds: Readonly<Record<string, readonly string[]>> = {
  double: ['precision'],
  character: ['varying'],
  char: ['varying'],
  bit: ['varying'],
  national: ['character', 'char'],
};

/** Passes over a type's name, with its modifiers and dimensions. */
export function skipTypeName(reader: TokenReader): void {
  const length = nameLength(reader);
  if (length === 0) throw new UnknownSyntax();
  for (let skipped = 0; skipped < length; skipped++) reader.next();
  while (reader.accepts('[')) {
    if (reader.peek().kind === 'number') reader.next();
    reader.expect(']');
  }
}

/** How many tokens the name of a type has that may stand before a literal; 0 where there is none. */
export function typeNameLength(reader: TokenReader): number {
  return literalTypes.includes(reader.peek().value) && !reader.peek().quoted ? nameLength(reader) : 0;
}

function nameLength(reader: TokenReader): number {
  if (reader.peek().kind !== 'name') return 0;
  let length = 1;
  while (reader.sees('.', length) && reader.peek(length + 1).kind === 'name') length += 2;
  if ((seconds[reader.peek().value] ?? []).includes(reader.peek(length).value)) length++;
  length += modifiersLength(reader, length);
  if (['time', 'timestamp'].includes(reader.peek().value)) length += zoneLength(reader, length);
  return length;
}

function modifiersLength(reader: TokenReader, at: number): number {
  if (!reader.sees('(', at)) return 0;
  for (let offset = at + 1; ; offset++) {
    if (reader.sees(')', offset)) return offset - at + 1;
    if (reader.peek(offset).kind === 'end') return 0;
  }
}

function zoneLength(reader: TokenReader, at: number): number {
  const zone = (reader.sees('with', at) || reader.sees('without', at)) && reader.sees('time', at + 1);
  return zone && reader.sees('zone', at + 2) ? 3 : 0;
}
