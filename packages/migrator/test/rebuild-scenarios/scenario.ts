import type { Operations } from '../../src/operations/operations.ts';

/** A table with rows that must be rebuilt, and what must not change by it. */
export interface RebuildScenario {
  readonly name: string;
  /** Statements for SQLite that make the tables and fill them. */
  readonly setup: string;
  readonly change: (op: Operations) => void;
  /** Queries that must answer the same afterwards, value by value and storage class by storage class. */
  readonly keeps: readonly string[];
  /** Queries with the answer they must give afterwards: one array per row. */
  readonly gives?: readonly (readonly [query: string, rows: readonly (readonly unknown[])[]])[];
  /** The message the change must fail with, everything staying as it is. */
  readonly fails?: RegExp;
}

export const catalog = (type: string) =>
  `SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = '${type}' ORDER BY name`;
export const all = (table: string) => `SELECT rowid AS r, * FROM ${table} NOT INDEXED`;

/** A parent with a child for every ON DELETE rule. */
export const children = `
  CREATE TABLE parents (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20), age INTEGER);
  INSERT INTO parents VALUES (1, 'Ann', 40), (3, 'Bob', NULL), (7, 'Cy', 60);
  CREATE TABLE cascading (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id) ON DELETE CASCADE ON UPDATE CASCADE);
  CREATE TABLE nulling (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id) ON DELETE SET NULL);
  CREATE TABLE defaulting (id INTEGER PRIMARY KEY, parent_id INTEGER DEFAULT 1 REFERENCES parents (id) ON DELETE SET DEFAULT);
  CREATE TABLE restricting (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id) ON DELETE RESTRICT);
  CREATE TABLE plain (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id));
  INSERT INTO cascading VALUES (1, 1), (2, 3), (3, NULL);
  INSERT INTO nulling VALUES (1, 1), (2, 7);
  INSERT INTO defaulting VALUES (1, 3), (2, 7);
  INSERT INTO restricting VALUES (1, 7);
  INSERT INTO plain VALUES (1, 1), (2, 3);
`;
export const childTables = ['cascading', 'nulling', 'defaulting', 'restricting', 'plain'];
export const keepsChildren = [
  ...childTables.map(all),
  `SELECT name, sql FROM sqlite_schema WHERE name IN ('cascading', 'nulling', 'defaulting', 'restricting', 'plain') ORDER BY name`,
];
export const makeAgeText = (op: Operations) => op.alterColumn('parents', 'age', { type: op.t.text() });

/** A table of its own to be rebuilt, with a child that would be deleted along. */
export function withChild(definition: string, rows: string): string {
  return `
    ${definition}
    ${rows}
    CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE);
    INSERT INTO child SELECT id, id FROM t;
  `;
}

export const simple = withChild(
  'CREATE TABLE t (id INTEGER NOT NULL, a TEXT, b INTEGER, PRIMARY KEY (id));',
  "INSERT INTO t VALUES (2, 'x', 1), (5, 'y', NULL), (9, NULL, 3);",
);
export const keepsChild = [all('child')];
