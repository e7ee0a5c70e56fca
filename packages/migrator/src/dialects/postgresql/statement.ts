import type { Statement } from '../dialect.ts';

export function statement(sql: string, progress?: string): Statement {
  return progress === undefined ? { kind: 'sql', sql } : { kind: 'sql', sql, progress };
}

/** A statement that commits by itself; it must be repeatable, since a run that was cut off starts with it again. */
export function outsideTransaction(sql: string, progress?: string): Statement {
  return { kind: 'sql', sql, outsideTransaction: true, ...(progress === undefined ? {} : { progress }) };
}
