import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../schema/column.ts';
import type { Table } from '../schema/table.ts';

/** How alike two names are: 1 for the same, 0 for nothing in common (shared pairs of characters, Dice's measure). */
function nameLikeness(left: string, right: string): number {
  if (left === right) return 1;
  const [a, b] = [pairs(left), pairs(right)];
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

function pairs(name: string): Set<string> {
  const text = ` ${name.toLowerCase()} `;
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
}

/** How likely it is that one column became the other, for the order of suggestions. */
export function columnLikeness(live: Column, wanted: Column, dialect: Dialect): number {
  const type = dialect.renderType(live.type) === dialect.renderType(wanted.type) ? 1 : 0;
  const nullable = live.nullable === wanted.nullable ? 0.25 : 0;
  return type + nullable + nameLikeness(live.name, wanted.name);
}

/** The share of columns that two tables have in common, and how alike their names are; 0 when no column is the same. */
export function tableLikeness(live: Table, wanted: Table, dialect: Dialect): number {
  const signature = (column: Column) => `${column.name}\0${dialect.renderType(column.type)}`;
  const there = new Set(live.columns.map(signature));
  const shared = wanted.columns.filter((column) => there.has(signature(column))).length;
  const all = live.columns.length + wanted.columns.length - shared;
  return shared === 0 ? 0 : shared / all + nameLikeness(live.name, wanted.name) / 2;
}
