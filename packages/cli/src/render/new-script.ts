import type { DatabaseScriptDocument, MergeClash, NewScriptDocument } from '@freshmaker/migrator/engine';
import { operationLine } from './operations.ts';
import { shellWord } from './shell-word.ts';
import type { Style } from './style.ts';

/**
 * What was written, or would be.
 *
 * @param nothing what to say when there is nothing to write.
 */
export function newScriptLines(document: NewScriptDocument, nothing = 'Nothing to write.'): string[] {
  const { revision, path, operations, script, sql } = document;
  if (revision === null) return [nothing];
  if (sql !== undefined || script !== undefined) return [(sql ?? script ?? '').replace(/\n$/, '')];
  return [
    ...operations.map((operation) => `  ${operationLine(operation)}`),
    `Wrote ${shellWord(path ?? '')}`,
  ];
}

/** What was written from a database, and what is to be typed next. */
export function databaseScriptLines(document: DatabaseScriptDocument, { advice }: Style): string[] {
  const lines = newScriptLines(document, 'Nothing to write: the scripts make what the database has.');
  const { stamp } = document;
  return stamp === null
    ? lines
    : [...lines, advice(`The database has it already; say so with \`db stamp ${stamp}\`.`)];
}

/** Tables that several of the merged branches change: applied in another order, they may not end the same. */
export function clashLines(clashes: readonly MergeClash[]): string[] {
  return clashes.map(
    ({ table, revisions }) =>
      `Several of the branches change table ${table} (${revisions.join(', ')}); check that their order does not matter.`,
  );
}
