import type { SchemaOperation } from '../src/operations/operation.ts';
import { Operations } from '../src/operations/operations.ts';
import { requireColumn, requireTable } from '../src/operations/require.ts';
import { type ColumnDefinition, column } from '../src/schema/builders.ts';
import { type DataType, t } from '../src/schema/data-type.ts';
import { sql } from '../src/schema/expression.ts';
import type { Schema } from '../src/schema/schema.ts';
import type { Table } from '../src/schema/table.ts';

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

function freshName(choices: Choices, taken: readonly string[]): string {
  const used = new Set(taken.map((each) => each.toLowerCase()));
  const wanted = choices.pick(names);
  for (let number = 0; ; number++) {
    const name = number === 0 ? wanted : `${wanted}${number}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}

function everyName(schema: Schema): string[] {
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
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function newColumn(choices: Choices, taken: readonly string[]): ColumnDefinition {
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
      ...(choices.chance(2) ? [op.unique(['id', columns.at(-1)?.name ?? 'id'])] : []),
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

interface Step {
  readonly name: string;
  /** Whether taking it back gives the rows and the structure as they were. */
  readonly lossless: boolean;
  readonly record: (op: Operations, table: Table, choices: Choices, schema: Schema) => void;
}

const plainColumns = (table: Table) =>
  table.columns.filter((each) => each.name !== 'id' && each.name !== 'ref');

const steps: readonly Step[] = [
  {
    name: 'renameTable',
    lossless: true,
    record: (op, table, choices, schema) => op.renameTable(table.name, freshName(choices, everyName(schema))),
  },
  {
    name: 'renameColumn',
    lossless: true,
    record: (op, table, choices) => {
      const chosen = choices.pick(plainColumns(table));
      const taken = table.columns.map((each) => each.name);
      if (chosen) op.renameColumn(table.name, chosen.name, freshName(choices, taken));
    },
  },
  {
    name: 'addColumn',
    lossless: true,
    record: (op, table, choices) => {
      op.addColumn(
        table.name,
        newColumn(
          choices,
          table.columns.map((each) => each.name),
        ),
      );
    },
  },
  {
    name: 'addColumn with a foreign key',
    lossless: true,
    record: (op, table, choices, schema) => {
      const keyed = schema.tables.filter((each) => each.primaryKey?.columns.length === 1);
      const target = choices.pick(keyed);
      const name = freshName(
        choices,
        table.columns.map((each) => each.name),
      );
      op.addColumn(table.name, column(name, t.integer()));
      if (target)
        op.createForeignKey(null, table.name, target.name, [name], target.primaryKey?.columns ?? []);
    },
  },
  {
    name: 'createIndex',
    lossless: true,
    record: (op, table, choices, schema) => {
      const chosen = choices.pick(table.columns);
      const part = choices.pick([chosen.name, { expression: `lower(${quoted(chosen.name)})` }]);
      op.createIndex(freshName(choices, everyName(schema)), table.name, [part, 'id']);
    },
  },
  {
    name: 'dropIndex',
    lossless: true,
    record: (op, table, choices) => {
      const index = choices.pick(table.indexes);
      if (index) op.dropIndex(index.name);
    },
  },
  {
    name: 'createUniqueConstraint',
    lossless: true,
    record: (op, table, choices) =>
      op.createUniqueConstraint(null, table.name, [choices.pick(table.columns).name, 'id']),
  },
  {
    name: 'createCheckConstraint',
    lossless: true,
    record: (op, table, choices) => {
      const chosen = choices.pick(table.columns);
      const name = `ck ${table.checks.length} ${chosen.name}`;
      op.createCheckConstraint(
        name,
        table.name,
        `${quoted(chosen.name)} IS NULL OR typeof(${quoted(chosen.name)}) <> 'x'`,
      );
    },
  },
  {
    name: 'dropConstraint',
    lossless: true,
    record: (op, table, choices) => {
      const droppable = [...table.uniques, ...table.foreignKeys];
      const chosen = choices.pick(droppable);
      const alone = droppable.filter(
        (each) => each.kind === chosen?.kind && each.columns.join() === chosen.columns.join(),
      );
      const named = chosen?.name ?? null;
      if (chosen && (named !== null || alone.length === 1)) {
        op.dropConstraint(named, table.name, { type: chosen.kind, columns: chosen.columns });
      }
    },
  },
  {
    name: 'alterColumn serverDefault',
    lossless: true,
    record: (op, table, choices) => {
      const chosen = choices.pick(plainColumns(table));
      const serverDefault = choices.pick([null, "it's", 5, sql('CURRENT_TIMESTAMP'), sql("'a' || 'b'")]);
      if (chosen) op.alterColumn(table.name, chosen.name, { serverDefault });
    },
  },
  {
    name: 'alterColumn nullable',
    lossless: false,
    record: (op, table, choices) => {
      const keys = [table.primaryKey, ...table.foreignKeys].flatMap((key) => key?.columns ?? []);
      const chosen = choices.pick(plainColumns(table).filter((each) => !keys.includes(each.name)));
      if (chosen) op.alterColumn(table.name, chosen.name, { nullable: !chosen.nullable, backfill: 1 });
    },
  },
  {
    name: 'alterColumn type',
    lossless: true,
    record: (op, table, choices) => {
      const texts = plainColumns(table).filter(
        (each) => each.type.kind === 'string' || each.type.kind === 'integer',
      );
      const chosen = choices.pick(texts);
      const type = chosen?.type.kind === 'integer' ? t.bigInteger() : t.text();
      if (chosen) op.alterColumn(table.name, chosen.name, { type });
    },
  },
  {
    name: 'dropColumn',
    lossless: false,
    record: (op, table, choices, schema) => {
      const referenced = schema.tables.flatMap((each) => each.foreignKeys.flatMap((key) => key.refColumns));
      const chosen = choices.pick(plainColumns(table).filter((each) => !referenced.includes(each.name)));
      if (chosen) op.dropColumn(table.name, chosen.name);
    },
  },
  {
    name: 'dropTable',
    lossless: false,
    record: (op, table, _choices, schema) => {
      const isReferenced = schema.tables.some(
        (each) => each.name !== table.name && each.foreignKeys.some((key) => key.refTable === table.name),
      );
      if (!isReferenced && schema.tables.length > 1) op.dropTable(table.name);
    },
  },
  {
    name: 'createTable',
    lossless: true,
    record: (op, table, choices, schema) => {
      const key =
        table.primaryKey?.columns.length === 1
          ? requireColumn(table, table.primaryKey.columns[0] ?? '')
          : null;
      op.createTable(freshName(choices, everyName(schema)), [
        column('id', t.integer(), {
          primaryKey: true,
          autoincrement: choices.pick(['serial', 'always'] as const),
        }),
        newColumn(choices, ['id', 'ref']),
        ...(key ? [column('ref', t.integer()), op.foreignKey(['ref'], table.name, [key.name])] : []),
      ]);
    },
  },
  {
    name: 'drop and create the primary key',
    lossless: true,
    record: (op, table, _choices, schema) => {
      const isReferenced = schema.tables.some((each) =>
        each.foreignKeys.some((key) => key.refTable === table.name),
      );
      if (!table.primaryKey || isReferenced) return;
      op.dropConstraint(table.primaryKey.name, table.name, { type: 'primaryKey' });
      op.createPrimaryKey(table.primaryKey.name, table.name, table.primaryKey.columns);
    },
  },
];

/**
 * The operations of one random step, which fit the schema; none where the choice has nothing to work on.
 *
 * @param lossless only such as can be taken back without a trace.
 */
export function randomStep(choices: Choices, schema: Schema, lossless: boolean): SchemaOperation[] {
  const table = choices.pick(schema.tables);
  const step = choices.pick(steps.filter((each) => each.lossless || !lossless));
  const op = new Operations();
  if (table) step.record(op, requireTable(schema, table.name), choices, schema);
  return [...op.recorded] as SchemaOperation[];
}
