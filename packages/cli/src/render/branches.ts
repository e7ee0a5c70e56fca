import type { BranchesDocument } from '@freshmaker/migrator/engine';
import { revisionEntry, revisionLine } from './revision.ts';

/** Branch points with their children below, as Alembic prints them. */
export function branchLines({ revisions }: BranchesDocument, verbose: boolean): string[] {
  return revisions.flatMap((revision) => {
    const indent = ' '.repeat(revision.revision.length);
    const children = revision.branchesInto.map(
      (child) => `${indent} -> ${revisionLine(child, { message: verbose })}`,
    );
    return [...(verbose ? revisionEntry(revision) : [revisionLine(revision)]), ...children];
  });
}
