import type { Statement } from '../dialect.ts';

export function run(sql: string, progress?: string): Statement {
  return { kind: 'sql', sql, ...(progress === undefined ? {} : { progress }) };
}

/** @param message may name further columns of the query, as `{column}`. */
export function assertion(sql: string, message: string): Statement {
  return { kind: 'assertion', sql, message };
}

/** A name as part of a message, where braces have a meaning. */
export function inMessage(name: string): string {
  return `"${name.replaceAll(/[{}]/g, '')}"`;
}
