import type { Statement } from '../dialect.ts';

export function statement(sql: string, progress?: string): Statement {
  return progress === undefined ? { kind: 'sql', sql } : { kind: 'sql', sql, progress };
}

/** A statement in a transaction of its own; it must be repeatable, since a run that was cut off starts with it again. */
export function outsideTransaction(sql: string, progress?: string): Extract<Statement, { kind: 'sql' }> {
  return { kind: 'sql', sql, outsideTransaction: true, ...(progress === undefined ? {} : { progress }) };
}

/** A statement that the server refuses inside any transaction; repeatable, too. */
export function alone(sql: string, progress?: string): Statement {
  return { ...outsideTransaction(sql, progress), alone: true };
}
