import type { BranchesDocument } from '@freshmaker/migrator/engine';
import { revisionEntry, revisionLine } from './revision.ts';
import type { Style } from './style.ts';

/** Branch points with their children below, as Alembic prints them. */
export function branchLines({ revisions }: BranchesDocument, verbose: boolean, style: Style): string[] {
  return revisions.flatMap((revision) => {
    const indent = ' '.repeat(revision.revision.length);
    const children = revision.branchesInto.map(
      (child) => `${indent} -> ${revisionLine(child, style, { message: verbose })}`,
    );
    return [...(verbose ? revisionEntry(revision, style) : [revisionLine(revision, style)]), ...children];
  });
}
