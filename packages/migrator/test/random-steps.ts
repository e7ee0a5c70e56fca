import type { SchemaOperation } from '../src/operations/operation.ts';
import { Operations } from '../src/operations/operations.ts';
import { requireColumn, requireTable } from '../src/operations/require.ts';
import { column } from '../src/schema/builders.ts';
import { t } from '../src/schema/data-type.ts';
import { sql } from '../src/schema/expression.ts';
import type { Schema } from '../src/schema/schema.ts';
import type { Table } from '../src/schema/table.ts';
import { type Choices, everyName, freshName, newColumn, quoted } from './random-schema.ts';

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
    name: 'createTableComment',
    lossless: true,
    record: (op, table) => op.createTableComment(table.name, 'a comment'),
  },
  {
    name: 'dropTableComment',
    lossless: true,
    record: (op, table) => op.dropTableComment(table.name),
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
      op.createUniqueConstraint(null, table.name, [...new Set([choices.pick(table.columns).name, 'id'])]),
  },
  {
    name: 'createCheckConstraint',
    lossless: true,
    record: (op, table, choices) => {
      const chosen = choices.pick(table.columns);
      const names = [0, ...table.checks.keys()].map((at) => `ck ${table.checks.length + at} ${chosen.name}`);
      const name = names.find((free) => !table.checks.some((each) => each.name === free)) ?? null;
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
      const literals = { text: ["it's", 5], integer: [5] }[String(chosen?.type.kind)] ?? [];
      const serverDefault = choices.pick([null, ...literals, sql('CURRENT_TIMESTAMP'), sql("'a' || 'b'")]);
      if (chosen) op.alterColumn(table.name, chosen.name, { serverDefault });
    },
  },
  {
    name: 'alterColumn nullable',
    lossless: false,
    record: (op, table, choices) => {
      const keys = [table.primaryKey, ...table.foreignKeys].flatMap((key) => key?.columns ?? []);
      const chosen = choices.pick(plainColumns(table).filter((each) => !keys.includes(each.name)));
      if (!chosen) return;
      const isListed = table.checks.some((each) => each.expression.startsWith(`${quoted(chosen.name)} IN`));
      const backfill = isListed ? 'happy' : 1;
      op.alterColumn(table.name, chosen.name, { nullable: !chosen.nullable, backfill });
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

/** Whether an index takes the name of a table, so that renames have to stay where they are. */
export function takesTablesName(operations: readonly SchemaOperation[], { tables }: Schema): boolean {
  const taken = new Set(
    [
      ...tables.map((each) => each.name),
      ...operations.flatMap((each) =>
        each.kind === 'createTable' ? [each.table] : each.kind === 'renameTable' ? [each.to] : [],
      ),
    ].map((each) => each.toLowerCase()),
  );
  return operations.some((each) => each.kind === 'createIndex' && taken.has(each.index.name.toLowerCase()));
}
