import { sql } from '../../../schema/expression.ts';
import { createTableSql } from '../table-definition.ts';
import { parseTable } from './parse-table.ts';
import { UnreadableDefinition } from './token-cursor.ts';

describe('a table', () => {
  test('as Alembic leaves it', () => {
    const table = parseTable(`CREATE TABLE IF_NOT ( -- first
	id INTEGER NOT NULL, 
	state INTEGER DEFAULT '0' NOT NULL, 
	up INTEGER, late VARCHAR(20) DEFAULT NULL, 
	CONSTRAINT pk PRIMARY KEY (ID), 
	FOREIGN KEY(Up) REFERENCES if_not (id) ON DELETE SET NULL, 
	UNIQUE (state, "UP") CONSTRAINT ck CHECK (state >= 0 /* all */)
)`);
    expect(table.columns.map(({ name, nullable, serverDefault }) => [name, nullable, serverDefault])).toEqual(
      [
        ['id', false, null],
        ['state', false, '0'],
        ['up', true, null],
        ['late', true, null],
      ],
    );
    expect(table.columns[0]?.autoincrement).toBe('serial');
    expect(table.primaryKey).toEqual({ kind: 'primaryKey', name: 'pk', columns: ['id'] });
    expect(table.uniques).toEqual([{ kind: 'unique', name: null, columns: ['state', 'up'] }]);
    expect(table.checks).toEqual([
      { kind: 'check', name: 'ck', expression: 'state >= 0 /* all */', notValid: false },
    ]);
    expect(table.foreignKeys[0]).toMatchObject({ columns: ['up'], refTable: 'if_not', onDelete: 'SET NULL' });
    expect(table.remarks).toEqual(['-- first']);
    expect(table.opaque).toBeNull();
  });

  test('with names and types in every kind of quotes', () => {
    const table = parseTable(
      'CREATE TABLE "a ""b""" ([c d] "my type", `e` varchar ( 20 ), \'f\' DOUBLE  PRECISION, 名前, "check" INT NULL)',
    );
    expect(table.name).toBe('a "b"');
    expect(table.columns.map(({ name, type, declared }) => [name, type.kind, declared])).toEqual([
      ['c d', 'raw', undefined],
      ['e', 'string', 'varchar ( 20 )'],
      ['f', 'double', 'DOUBLE  PRECISION'],
      ['名前', 'raw', undefined],
      ['check', 'integer', 'INT'],
    ]);
  });

  test('with everything that can stand with a column', () => {
    const table = parseTable(`CREATE TABLE t (
      id INTEGER CONSTRAINT pk PRIMARY KEY ASC AUTOINCREMENT,
      a TEXT COLLATE NOCASE CONSTRAINT uq UNIQUE CHECK (a <> ')') DEFAULT (upper('x')) NOT NULL,
      b INTEGER CONSTRAINT fk REFERENCES p ON UPDATE CASCADE ON DELETE SET DEFAULT NOT DEFERRABLE,
      c INTEGER REFERENCES p (x) DEFERRABLE INITIALLY DEFERRED,
      d INTEGER GENERATED ALWAYS AS (b * 2) STORED, e TEXT AS (a || 'x')
    ) STRICT`);
    expect(table).toMatchObject({
      strict: true,
      withoutRowid: false,
      opaque: null,
      primaryKey: { name: 'pk', columns: ['id'] },
      uniques: [{ name: 'uq', columns: ['a'] }],
      checks: [{ name: null, expression: "a <> ')'" }],
      foreignKeys: [
        {
          name: 'fk',
          refTable: 'p',
          refColumns: [],
          onUpdate: 'CASCADE',
          onDelete: 'SET DEFAULT',
          deferrable: null,
        },
        { name: null, refColumns: ['x'], deferrable: 'initially deferred' },
      ],
      columns: [
        { name: 'id', autoincrement: 'always', nullable: false },
        { name: 'a', collation: 'NOCASE', nullable: false, serverDefault: sql("upper('x')") },
        {},
        {},
        { generated: { expression: 'b * 2', stored: true } },
        { generated: { expression: "a || 'x'", stored: false } },
      ],
    });
  });

  test.each([
    ['id INTEGER PRIMARY KEY', '', 'serial', false],
    ['id integer, PRIMARY KEY (id)', '', 'serial', false],
    ['id INT PRIMARY KEY', '', false, true],
    ['id BIGINT NOT NULL, PRIMARY KEY (id)', '', false, false],
    ['id INTEGER PRIMARY KEY DESC', '', false, true],
    ['id INTEGER, a TEXT, PRIMARY KEY (id, a)', '', false, true],
    ['id INTEGER PRIMARY KEY', 'WITHOUT ROWID', false, false],
    ['id TEXT PRIMARY KEY', 'STRICT', false, false],
  ])('(%s) %s counts up: %p', (body, options, autoincrement, nullable) => {
    const table = parseTable(`CREATE TABLE t (${body}) ${options}`);
    expect(table.columns[0]).toMatchObject({ autoincrement, nullable });
    expect(parseTable(createTableSql(table))).toEqual(table);
  });

  test.each([
    ['a TEXT NOT NULL ON CONFLICT IGNORE', 'the NOT NULL of column "a" has the clause ON CONFLICT IGNORE'],
    [
      'a TEXT PRIMARY KEY ON CONFLICT REPLACE',
      'the primary key of column "a" has the clause ON CONFLICT REPLACE',
    ],
    ['a TEXT, UNIQUE (a) ON CONFLICT FAIL', 'a unique constraint has the clause ON CONFLICT FAIL'],
    ['a TEXT CONSTRAINT nn NOT NULL', 'the NOT NULL of column "a" is named "nn"'],
    ['a TEXT CONSTRAINT d DEFAULT 1', 'the default of column "a" is named "d"'],
    ['a TEXT, UNIQUE (a COLLATE NOCASE)', 'a unique constraint has the collation NOCASE'],
    ['a TEXT, PRIMARY KEY (a DESC)', 'its primary key is in descending order'],
    ['a TEXT PRIMARY KEY DESC', 'its primary key is in descending order'],
    ['a INTEGER REFERENCES p MATCH FULL', 'a foreign key has the clause MATCH FULL'],
  ])('(%s) is not to be rebuilt', (body, reason) => {
    expect(parseTable(`CREATE TABLE t (${body})`).opaque).toBe(reason);
  });

  test.each([
    ['a TEXT NOT NULL ON CONFLICT ABORT'],
    ['a INTEGER REFERENCES p MATCH SIMPLE NOT DEFERRABLE INITIALLY DEFERRED'],
    ['a TEXT, UNIQUE (a ASC)'],
  ])('(%s) says only what holds anyway', (body) => {
    expect(parseTable(`CREATE TABLE t (${body})`).opaque).toBeNull();
  });

  test.each([
    ['CREATE TABLE t (a TEXT', '")" was expected before its end'],
    ['CREATE TABLE t (a TEXT DEFAULT', 'it ends too early'],
    ['CREATE TABLE t (a TEXT) SOMEHOW', '"SOMEHOW" is no table option'],
    ['CREATE TABLE t (a TEXT, UNIQUE)', '"(" was expected before ")"'],
    ['CREATE VIRTUAL TABLE t USING fts5 (a)', '"TABLE" was expected before "VIRTUAL"'],
    ['CREATE TABLE t (a TEXT REFERENCES p ON DELETE PERHAPS)', '"PERHAPS" is no action of a foreign key'],
  ])('%s cannot be read', (text, reason) => {
    expect(() => parseTable(text)).toThrow(UnreadableDefinition);
    expect(() => parseTable(text)).toThrow(reason);
  });
});

test('a comment at the end of an expression does not swallow what follows', () => {
  const table = parseTable("CREATE TABLE t (a TEXT CHECK (a <> 'x' -- never\n), b TEXT AS (a -- as is\n))");
  expect(parseTable(createTableSql(table))).toMatchObject({
    checks: [{ expression: "a <> 'x' -- never" }],
    columns: [{}, { generated: { expression: 'a -- as is' } }],
  });
});
