import { type DataType, t } from '../../schema/data-type.ts';
import { affinityOf, parseType, readDeclaredType, renderType } from './data-type.ts';

const spellings: readonly (readonly [string, DataType])[] = [
  ['INTEGER', t.integer()],
  ['SMALLINT', t.smallInteger()],
  ['BIGINT', t.bigInteger()],
  ['VARCHAR', t.string()],
  ['VARCHAR(200)', t.string(200)],
  ['TEXT', t.text()],
  ['BOOLEAN', t.boolean()],
  ['DATETIME', t.dateTime()],
  ['DATE', t.date()],
  ['TIME', t.time()],
  ['FLOAT', t.float()],
  ['DOUBLE', t.double()],
  ['NUMERIC', t.numeric()],
  ['NUMERIC(10)', t.numeric(10)],
  ['NUMERIC(10, 2)', t.numeric(10, 2)],
  ['JSON', t.json()],
  ['BLOB', t.binary()],
  ['CHAR(36)', t.uuid()],
];

test.each(spellings)('%s is written and read back', (spelling, type) => {
  expect(renderType(type)).toBe(spelling);
  expect(readDeclaredType(spelling)).toEqual({ type });
});

test.each<[DataType, string]>([
  [t.dateTime({ timezone: true }), 'DATETIME'],
  [t.enum('mood', ['happy', "can't say", '🎈']), 'VARCHAR(9)'],
  [t.enum('none', []), 'VARCHAR(1)'],
  [t.raw({ sqlite: 'tinyint', postgresql: 'int2' }), 'tinyint'],
])('%j is written %s', (type, spelling) => {
  expect(renderType(type)).toBe(spelling);
});

test.each<[string, DataType]>([
  ['integer', t.integer()],
  ['int', t.integer()],
  ['varchar( 20 )', t.string(20)],
  ['Character  Varying(20)', t.string(20)],
  ['double precision', t.double()],
  ['REAL', t.float()],
  ['decimal(10,2)', t.numeric(10, 2)],
  ['timestamp', t.dateTime()],
  ['bool', t.boolean()],
])('%s is read, and kept as it is spelled', (declared, type) => {
  expect(readDeclaredType(declared)).toEqual({ type, declared });
});

test.each([
  '',
  'MEDIUMTEXT',
  'CHAR(10)',
  'INTEGER(11)',
  'VARCHAR(1,2)',
  'VARCHAR(MAX)',
  'my type (x)',
  'NUMERIC(-1)',
])('%p has no word of its own and stays as it is', (declared) => {
  expect(parseType(declared)).toEqual({ kind: 'raw', sqlite: declared, postgresql: declared });
  expect(renderType(parseType(declared))).toBe(declared);
});

// The examples of "Datatypes In SQLite", 3.1.1.
test.each([
  ['INT', 'INTEGER'],
  ['UNSIGNED BIG INT', 'INTEGER'],
  ['CHARINT', 'INTEGER'],
  ['VARCHAR(255)', 'TEXT'],
  ['CLOB', 'TEXT'],
  ['BLOB', 'BLOB'],
  ['', 'BLOB'],
  ['REAL', 'REAL'],
  ['DOUBLE PRECISION', 'REAL'],
  ['FLOAT', 'REAL'],
  ['NUMERIC', 'NUMERIC'],
  ['DECIMAL(10,5)', 'NUMERIC'],
  ['BOOLEAN', 'NUMERIC'],
  ['DATETIME', 'NUMERIC'],
  ['STRING', 'NUMERIC'],
])('%s has the affinity %s', (declared, affinity) => {
  expect(affinityOf(declared)).toBe(affinity);
});
