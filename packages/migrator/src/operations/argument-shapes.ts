import {
  autoincrement,
  columnDefinition,
  dataType,
  distinctNames,
  foreignKeyOptions,
  indexColumn,
  maybeName,
  names,
  sqlValue,
  tableElement,
  uniqueOptions,
} from '../schema/argument-shapes.ts';
import {
  aFunction,
  either,
  flag,
  list,
  listOf,
  name,
  nullable,
  objectWith,
  oneOf,
  optional,
  options,
  type Shape,
  text,
} from '../schema/arguments.ts';

const losing = optional(options({ allowDataLoss: flag }));
const concurrently = optional(options({ concurrently: flag }));
const table = name;

const isObject = objectWith({}, 'an object of column values');
/** What a function or a symbol is as a value, one database refuses, and the other takes for its text. */
const row: Shape = (value, path) => {
  const misfit = isObject(value, path);
  if (misfit) return misfit;
  for (const [column, each] of Object.entries(value as object)) {
    if (typeof each !== 'function' && typeof each !== 'symbol') continue;
    return { path: `${path}.${column}`, value: each, expected: 'a value of a column' };
  }
  return null;
};

/** The shapes of what each operation is given, by the names of its parameters and in their order. */
export const argumentShapes = {
  createTable: {
    name,
    elements: listOf(tableElement),
    options: optional(options({ comment: nullable(text), strict: flag, withoutRowid: flag })),
  },
  dropTable: { name, options: losing },
  renameTable: { name, to: name },
  addColumn: { table, definition: columnDefinition },
  dropColumn: { table, name, options: losing },
  renameColumn: { table, name, to: name },
  alterColumn: {
    table,
    name,
    change: options({
      type: dataType,
      nullable: flag,
      serverDefault: nullable(sqlValue),
      autoincrement,
      collation: nullable(name),
      comment: nullable(text),
      using: nullable(text),
      backfill: nullable(sqlValue),
      allowDataLoss: flag,
      concurrently: flag,
    }),
  },
  createIndex: {
    name,
    table,
    columns: listOf(indexColumn, 1),
    options: optional(
      options({
        unique: flag,
        where: nullable(text),
        using: nullable(name),
        include: listOf(name),
        concurrently: flag,
      }),
    ),
  },
  dropIndex: { name, table: optional(name), options: concurrently },
  createForeignKey: {
    name: maybeName,
    table,
    refTable: name,
    columns: names,
    refColumns: listOf(name),
    options: optional(foreignKeyOptions),
  },
  createUniqueConstraint: {
    name: maybeName,
    table,
    columns: distinctNames,
    options: optional(uniqueOptions),
  },
  createCheckConstraint: {
    name: maybeName,
    table,
    expression: text,
    options: optional(options({ notValid: flag })),
  },
  createPrimaryKey: { name: maybeName, table, columns: distinctNames },
  dropConstraint: {
    name: maybeName,
    table,
    options: optional(
      options({
        type: nullable(oneOf('primaryKey', 'unique', 'check', 'foreignKey')),
        columns: nullable(names),
        sql: nullable(text),
      }),
    ),
  },
  validateConstraint: { name, table },
  createTableComment: { table, comment: text },
  dropTableComment: { table },
  execute: {
    statement: either(
      'a text, or { sqlite, postgresql } with one for each',
      [text, text],
      [objectWith({}), options({ sqlite: nullable(text), postgresql: nullable(text) })],
    ),
    parameters: optional(list),
  },
  bulkInsert: { table, rows: listOf(row) },
  run: { step: aFunction, options: optional(options({ transactional: flag })) },
  batchAlterTable: { table, change: aFunction },
  irreversible: { reason: text },
} satisfies Readonly<Record<string, Readonly<Record<string, Shape>>>>;
