import { objectName } from '../../schema/constraint-name.ts';

/** The name PostgreSQL gives the sequence of a serial column. */
export function defaultSequenceName(table: string, column: string): string {
  return objectName(table, column, 'seq');
}
