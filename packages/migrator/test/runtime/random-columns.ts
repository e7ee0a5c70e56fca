/** What a column holds, whatever a database calls its type. */
export interface Kind {
  readonly type: string;
  /** A value as a script writes it. */
  readonly value: (row: number) => string;
  /** What it may become and be brought back from, by the conversions of both. */
  readonly wider?: { readonly kind: string; readonly to?: string; readonly back?: string };
}

/** A value as JavaScript has it. */
export const text = (value: unknown) => JSON.stringify(value);

export const kinds: Readonly<Record<string, Kind>> = {
  integer: {
    type: 't.integer()',
    value: (row) => String(row * 7 - 20),
    wider: { kind: 'bigInteger' },
  },
  bigInteger: {
    type: 't.bigInteger()',
    value: (row) => `${row % 9 === 0 ? '-' : ''}${row}000000000n`,
    wider: { kind: 'digits', to: 'CAST(# AS TEXT)', back: 'CAST(# AS BIGINT)' },
  },
  string: { type: 't.string(30)', value: (row) => text(`Größe ${row}, it's "so"`), wider: { kind: 'text' } },
  text: { type: 't.text()', value: (row) => text(`${row}\n--;`) },
  digits: { type: 't.text()', value: (row) => text(String(row)) },
  boolean: { type: 't.boolean()', value: (row) => String(row % 2 === 0) },
  double: { type: 't.double()', value: (row) => String(row / 8) },
  numeric: { type: 't.numeric(10, 2)', value: (row) => text(`${row}.25`) },
  dateTime: { type: 't.dateTime()', value: (row) => text(`2020-02-${10 + (row % 19)} 10:00:00.000001`) },
  date: { type: 't.date()', value: (row) => text(`1999-12-${10 + (row % 19)}`) },
  time: { type: 't.time()', value: (row) => text(`10:${10 + (row % 49)}:00`) },
  json: { type: 't.json()', value: (row) => `{ b: [${row}, null], a: "'" }` },
  binary: { type: 't.binary()', value: (row) => `Buffer.from([0, ${row % 256}, 255])` },
  uuid: {
    type: 't.uuid()',
    value: (row) => text(`a0eebc99-9c0b-4ef8-bb6d-${String(row).padStart(12, '0')}`),
  },
  mood: {
    type: `t.enum('mood', ['happy', "can't say"])`,
    value: (row) => text(row % 3 === 0 ? 'happy' : "can't say"),
  },
};

export interface Column {
  name: string;
  kind: string;
  nullable: boolean;
  hasDefault: boolean;
  /** Whether an index, a constraint or a key is on it. */
  isUsed: boolean;
  /** Whether it is the primary key, or refers to one. */
  readonly isKey: boolean;
}

export interface Table {
  name: string;
  readonly columns: Column[];
  readonly ids: number[];
  /** Whether it refers, is referred to, or has something of its own beside its columns. */
  isUsed: boolean;
}

/** A column as a script defines it. */
export function definition({ name, kind, nullable, hasDefault }: Column): string {
  const found = kinds[kind];
  if (name === 'id') return `column('id', t.integer(), { primaryKey: true, autoincrement: false })`;
  const serverDefault = hasDefault ? `, serverDefault: ${found?.value(1).replace(/n$/, '')}` : '';
  return `column(${text(name)}, ${found?.type}, { nullable: ${nullable}${serverDefault} })`;
}
