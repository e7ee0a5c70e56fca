import {
  either,
  flag,
  isObject,
  listOf,
  name,
  nullable,
  objectWith,
  oneOf,
  optional,
  options,
  type Shape,
  text,
  wholeFrom,
} from './arguments.ts';

/** The shapes of what scripts say of columns, constraints and indexes. */

export const names: Shape = listOf(name, 1);
/** The columns of a key, of which none may be there twice. */
export const distinctNames: Shape = (value, path) =>
  names(value, path) ??
  (new Set(value as readonly string[]).size === (value as readonly string[]).length
    ? null
    : { path, value, expected: 'a list of different names' });
export const maybeName: Shape = nullable(name);

const kindIs = (kind: string): Shape => {
  return (value, path) =>
    isObject(value) && value.kind === kind ? null : { path, value, expected: `of kind ${kind}` };
};

const size = nullable(wholeFrom(1));
const properties: Readonly<Record<string, Shape>> = {
  string: objectWith({ length: size }),
  dateTime: objectWith({ timezone: flag }),
  numeric: objectWith({ precision: size, scale: nullable(wholeFrom(-1000)) }),
  enum: objectWith({ name, values: listOf(text) }),
  raw: objectWith({ sqlite: text, postgresql: text }),
};
const kinds =
  'integer smallInteger bigInteger string text boolean dateTime date time float double numeric json binary uuid enum raw';

export const dataType: Shape = either(
  'a type: one of op.t',
  ...kinds.split(' ').map((kind) => [kindIs(kind), properties[kind] ?? kindIs(kind)] as const),
);

const isPlain: Shape = (value, path) =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value))
    ? null
    : { path, value, expected: 'plain' };

export const sqlValue: Shape = either(
  'a text, a number, true, false, or op.sql(…)',
  [isPlain, isPlain],
  [kindIs('sql'), objectWith({ text })],
);

export const autoincrement: Shape = oneOf('serial', 'identity', 'always', false);
const deferrable: Shape = oneOf('initially deferred', 'initially immediate', null);
const action = oneOf('CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION');

const isText: Shape = text;
const generated: Shape = either(
  'an expression, or an object with one',
  [isText, isText],
  [objectWith({}), options({ expression: text, stored: flag })],
);

export const columnOptions: Shape = options({
  nullable: flag,
  primaryKey: flag,
  autoincrement,
  unique: flag,
  serverDefault: nullable(sqlValue),
  generated,
  collation: name,
  check: text,
  comment: text,
});

export const constraintOptions: Shape = options({ name: maybeName });
export const uniqueOptions: Shape = options({ name: maybeName, deferrable });
export const checkOptions: Shape = options({ name: maybeName, notValid: flag });
export const foreignKeyOptions: Shape = options({
  name: maybeName,
  onDelete: action,
  onUpdate: action,
  deferrable,
  notValid: flag,
});

export const columnDefinition: Shape = either('a column: op.column(…)', [
  kindIs('column'),
  objectWith({
    name,
    type: dataType,
    nullable: flag,
    primaryKey: flag,
    unique: flag,
    check: nullable(text),
    serverDefault: nullable(sqlValue),
    autoincrement,
    generated: nullable(objectWith({ expression: text, stored: flag })),
    collation: nullable(name),
    comment: nullable(text),
  }),
]);

/** A column or a constraint of a table to be created. */
export const tableElement: Shape = either(
  'a column or a constraint: op.column(…), op.primaryKey(…), op.foreignKey(…), op.unique(…), op.check(…)',
  [kindIs('column'), columnDefinition],
  [kindIs('primaryKey'), objectWith({ name: maybeName, columns: distinctNames })],
  [
    kindIs('unique'),
    objectWith({ name: maybeName, columns: distinctNames, deferrable: optional(deferrable) }),
  ],
  [kindIs('check'), objectWith({ name: maybeName, expression: text, notValid: flag })],
  [
    kindIs('foreignKey'),
    objectWith({
      name: maybeName,
      columns: names,
      refTable: name,
      refColumns: listOf(name),
      onDelete: action,
      onUpdate: action,
      deferrable,
      notValid: flag,
    }),
  ],
);

const part = {
  order: oneOf('asc', 'desc'),
  nulls: oneOf('first', 'last'),
  collation: name,
  opclass: text,
};
const hasProperty =
  (key: string): Shape =>
  (value, path) =>
    isObject(value) && key in value ? null : { path, value, expected: `with ${key}` };

export const indexColumn: Shape = either(
  'the name of a column, or an object with `column` or `expression`',
  [name, name],
  [hasProperty('column'), withRequired('column', options({ column: name, ...part }))],
  [hasProperty('expression'), withRequired('expression', options({ expression: text, ...part }))],
);

function withRequired(key: string, inner: Shape): Shape {
  const required = objectWith({ [key]: text });
  return (value, path) => required(value, path) ?? inner(value, path);
}
