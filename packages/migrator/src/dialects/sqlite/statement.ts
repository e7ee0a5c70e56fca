import type { Statement } from '../dialect.ts';

export function run(sql: string, progress?: string): Statement {
  return { kind: 'sql', sql, ...(progress === undefined ? {} : { progress }) };
}

/** @param whenRefused find out which rows are in the way, where the database refuses it. */
export function runOverRows(sql: string, whenRefused: readonly Statement[]): Statement {
  return { kind: 'sql', sql, ...(whenRefused.length === 0 ? {} : { whenRefused }) };
}

/** @param message may name further columns of the query, as `{column}`. */
export function assertion(
  sql: string,
  message: string,
  facts?: Readonly<Record<string, unknown>>,
): Statement {
  return { kind: 'assertion', sql, message, ...(facts === undefined ? {} : { facts }) };
}

/** A name as part of a message, where braces have a meaning. */
export function inMessage(name: string): string {
  return `"${name.replaceAll(/[{}]/g, '')}"`;
}
