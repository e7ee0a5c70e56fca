import type { Operations } from '../src/operations/operations.ts';
import { type ColumnDefinition, column } from '../src/schema/builders.ts';
import { type DataType, t } from '../src/schema/data-type.ts';
import { sql } from '../src/schema/expression.ts';
import type { Schema } from '../src/schema/schema.ts';

/** A source of choices: the same numbers make the same choices, fewer numbers make simpler ones. */
export class Choices {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  below(limit: number): number {
    return (this.#numbers[this.#at++] ?? 0) % Math.max(1, limit);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  chance(oneIn: number): boolean {
    return this.below(oneIn) === oneIn - 1;
  }
}

const names = [
  'a',
  'b',
  'state',
  'Order',
  'select',
  'the "name"',
  'größe',
  'key',
  'x y',
  "it's",
  'text',
  'rowid',
];

export function freshName(choices: Choices, taken: readonly string[]): string {
  const used = new Set(taken.map((each) => each.toLowerCase()));
  const wanted = choices.pick(names);
  for (let number = 0; ; number++) {
    const name = number === 0 ? wanted : `${wanted}${number}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}

export function everyName(schema: Schema): string[] {
  return schema.tables.flatMap((table) => [table.name, ...table.indexes.map((index) => index.name)]);
}

const types: readonly DataType[] = [
  t.integer(),
  t.text(),
  t.string(),
  t.string(30),
  t.bigInteger(),
  t.boolean(),
  t.float(),
  t.dateTime(),
  t.numeric(10, 2),
  t.json(),
  t.binary(),
  t.enum('mood', ['happy', "can't say"]),
];

/** Quoted, since any name may be chosen. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function newColumn(choices: Choices, taken: readonly string[]): ColumnDefinition {
  const name = freshName(choices, taken);
  const type = choices.pick(types);
  const isText = type.kind === 'text' || type.kind === 'string';
  const serverDefault = choices.pick([
    null,
    null,
    ...(isText ? ["it's", '0', sql("lower('X')")] : []),
    ...(type.kind === 'integer' ? [0, -7, sql('1 + 1')] : []),
    ...(type.kind === 'dateTime' ? [sql('CURRENT_TIMESTAMP')] : []),
  ]);
  return column(name, type, {
    serverDefault,
    ...(isText && choices.chance(4) ? { collation: 'NOCASE' } : {}),
    ...(choices.chance(5) ? { check: `${quoted(name)} IS NULL OR length(${quoted(name)}) < 1000` } : {}),
  });
}

/** Tables with keys, constraints and indexes of all kinds. */
export function createTables(choices: Choices, op: Operations): void {
  const tables: string[] = [];
  const referable: string[] = [];
  const number = 1 + choices.below(3);
  for (let at = 0; at < number; at++) {
    const name = freshName(choices, tables);
    const columns: ColumnDefinition[] = [];
    for (let more = choices.below(4); more >= 0; more--) {
      columns.push(newColumn(choices, ['id', ...columns.map((each) => each.name)]));
    }
    const compound = choices.chance(4);
    if (!compound) referable.push(name);
    const target = choices.chance(2) ? choices.pick([null, ...referable]) : null;
    const reference = target === null ? null : column('ref', t.integer());
    op.createTable(name, [
      column('id', choices.pick([t.integer(), t.bigInteger(), t.string(10)]), {
        primaryKey: !compound,
        nullable: false,
      }),
      ...columns,
      ...(reference ? [reference] : []),
      ...(reference && target !== null
        ? [
            op.foreignKey(['ref'], target, ['id'], {
              name: choices.pick([null, `fk_${at}`]),
              onDelete: choices.pick(['CASCADE', 'SET NULL', 'NO ACTION', 'RESTRICT'] as const),
              deferrable: choices.pick([null, 'initially deferred'] as const),
            }),
          ]
        : []),
      ...(compound ? [op.primaryKey(['id', columns[0]?.name ?? 'id'], { name: `pk_${at}` })] : []),
      ...(choices.chance(2) ? [op.unique([...new Set(['id', columns.at(-1)?.name ?? 'id'])])] : []),
      ...(choices.chance(3) ? [op.check("id <> '' AND id <> 'x' -- why", { name: `ck_${at}` })] : []),
    ]);
    if (choices.chance(2)) {
      const parts = [columns[0]?.name ?? 'id', { column: 'id', order: 'desc' as const }];
      const where = choices.pick([undefined, 'id IS NOT NULL']);
      op.createIndex(`ix ${at}`, name, parts, { unique: choices.chance(2), ...(where ? { where } : {}) });
    }
    tables.push(name);
  }
}

const values: Readonly<Partial<Record<DataType['kind'], readonly string[]>>> = {
  integer: ['1', '-5', '2147483647'],
  bigInteger: ['1', '9007199254740993', '-9223372036854775808'],
  boolean: ['0', '1'],
  float: ['1.5', '0', '-1e300'],
  dateTime: ["'2020-01-01 00:00:00.000001'", "'1999-12-31 23:59:59'"],
  numeric: ['12.25', '3'],
  json: [`'{"a": 1}'`, "'[]'"],
  binary: ["X'00FF'", "X''"],
};

/** Statements that fill every table, and let the rows refer to each other. */
export function insertRows(choices: Choices, schema: Schema): string[] {
  const inserts = insertStatements(choices, schema);
  const references = schema.tables.flatMap((table) =>
    table.foreignKeys.map(
      (key) =>
        `UPDATE ${quoted(table.name)} SET ref = (SELECT id FROM ${quoted(key.refTable)} ORDER BY 1 LIMIT 1)`,
    ),
  );
  return [...inserts, ...references];
}

function insertStatements(choices: Choices, schema: Schema): string[] {
  return schema.tables.flatMap((table) => {
    const count = choices.below(5);
    const own = table.columns.filter((each) => each.generated === null && each.name !== 'ref');
    return Array.from({ length: count }, (_, row) => {
      const literals = own.map((each) => {
        if (each.name === 'id') return each.type.kind === 'string' ? `'k${9 - row}'` : `${90 - 7 * row}`;
        if (each.nullable && choices.chance(4)) return 'NULL';
        if (table.checks.some((check) => check.expression.startsWith(`${quoted(each.name)} IN`)))
          return "'happy'";
        return choices.pick(values[each.type.kind] ?? ["'text'", "''", "'Ünï''code'"]);
      });
      return `INSERT INTO ${quoted(table.name)} (${own.map((each) => quoted(each.name)).join(', ')}) VALUES (${literals.join(', ')})`;
    });
  });
}
