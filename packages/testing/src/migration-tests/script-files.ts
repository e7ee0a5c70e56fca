import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import type { ScriptLocations } from '@freshmaker/migrator/engine';

/** A revision script, as far as its text tells without running it: enough to name tests, and to order them. */
export interface ScriptFile {
  readonly path: string;
  /** The file's name without its ending. */
  readonly name: string;
}

const endings = new Set(['.ts', '.mts', '.js', '.mjs']);

/** The script files of a history, parents before children as far as their texts tell. */
export function scriptFiles({ directory, versionLocations = ['versions'] }: ScriptLocations): ScriptFile[] {
  const files = versionLocations
    .map((folder) => resolve(directory, folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => endings.has(extname(path)) && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => ({ path, name: basename(path, extname(path)), ...linksOf(readFileSync(path, 'utf8')) }));
  const ordered: typeof files = [];
  const known = new Set(files.map(({ revision }) => revision));
  const done = new Set<string>();
  for (let waiting = files; waiting.length > 0; ) {
    const ready = waiting.filter(({ parents }) =>
      parents.every((each) => done.has(each) || !known.has(each)),
    );
    const next = ready.length > 0 ? ready : waiting;
    ordered.push(...next);
    for (const { revision } of next) done.add(revision);
    waiting = waiting.filter((file) => !next.includes(file));
  }
  return ordered;
}

function linksOf(text: string): { revision: string; parents: string[] } {
  const value = (name: string) => new RegExp(`export const ${name}[^=]*=([^;]*)`).exec(text)?.[1] ?? '';
  const strings = (source: string) =>
    [...source.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] as string);
  return {
    revision: strings(value('revision'))[0] ?? '',
    parents: [...strings(value('downRevision')), ...strings(value('dependsOn'))],
  };
}
