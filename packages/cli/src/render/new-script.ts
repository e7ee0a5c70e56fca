import type { MergeClash, NewScriptDocument } from '@freshmaker/migrator/engine';
import { operationLine } from './operations.ts';
import { shellWord } from './shell-word.ts';

/**
 * What was written, or would be.
 *
 * @param nothing what to say when there is nothing to write.
 */
export function newScriptLines(document: NewScriptDocument, nothing: string): string[] {
  const { revision, path, operations, script, sql } = document;
  if (revision === null) return [nothing];
  if (sql !== undefined || script !== undefined) return [(sql ?? script ?? '').replace(/\n$/, '')];
  return [
    ...operations.map((operation) => `  ${operationLine(operation)}`),
    `Wrote ${shellWord(path ?? '')}`,
  ];
}

/** Tables that several of the merged branches change: applied in another order, they may not end the same. */
export function clashLines(clashes: readonly MergeClash[]): string[] {
  return clashes.map(
    ({ table, revisions }) =>
      `Several of the branches change table ${table} (${revisions.join(', ')}); check that their order does not matter.`,
  );
}
