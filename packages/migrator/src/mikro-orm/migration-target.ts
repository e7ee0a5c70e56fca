import { basename, extname } from 'node:path';
import type { Revision } from '../revision/revision.ts';
import { nodeOf, type RevisionMap } from '../revision/revision-map.ts';

/** The name MikroORM's tools show for a revision: its file's, without the extension. */
export function migrationName({ path }: Pick<Revision, 'path'>): string {
  return basename(path, extname(path));
}

/** A target as MikroORM's users write it: the name of a file, with or without extension, or any revision argument. */
export function migrationTarget(map: RevisionMap, name: string): string {
  for (const id of map.order) {
    const { revision } = nodeOf(map, id);
    if (name === migrationName(revision) || name === basename(revision.path)) return id;
  }
  return name;
}
