import { readdirSync, readFileSync } from 'node:fs';
import { extname, resolve, sep } from 'node:path';
import { ConfigurationError, MigratorError, ScriptError } from '../errors.ts';
import { buildRevisionMap } from '../revision/build-revision-map.ts';
import { findHistoryProblems, type HistoryProblem } from '../revision/history-problems.ts';
import type { Revision } from '../revision/revision.ts';
import type { RevisionMap } from '../revision/revision-map.ts';
import { loadScript } from './load-script.ts';
import {
  createDateOf,
  messageOf,
  readDocstring,
  readScriptHeader,
  type ScriptHeader,
} from './script-header.ts';

const EXTENSIONS = new Set(['.ts', '.mts', '.js', '.mjs']);

/** Where a history's scripts are. */
export interface ScriptLocations {
  /** The migrations directory: the folder that holds `versions/`. */
  readonly directory: string;
  /** Folders to read instead of `<directory>/versions`, absolute or relative to the directory. */
  readonly versionLocations?: readonly string[];
}

/** The folders that are read for scripts, absolute. */
export function versionFolders(locations: ScriptLocations): string[] {
  const folders = locations.versionLocations ?? ['versions'];
  return folders.map((folder) => resolve(locations.directory, folder));
}

/**
 * Reads every script of a history, from its text where that is enough, and links them.
 *
 * @throws ConfigurationError `CONFIG_INVALID` when a folder does not exist.
 * @throws ScriptError `SCRIPT_INVALID` when scripts cannot be read, naming them all.
 * @throws RevisionError for a broken graph, naming every problem.
 */
export async function readHistory(locations: ScriptLocations): Promise<RevisionMap> {
  const paths = versionFolders(locations).flatMap((folder) => scriptFiles(folder, locations.directory));
  const revisions: Revision[] = [];
  const problems: MigratorError[] = [];
  for (const path of paths) {
    try {
      revisions.push(await readRevision(path));
    } catch (error) {
      if (!(error instanceof MigratorError)) throw error;
      problems.push(error);
    }
  }
  if (problems.length > 0) throw brokenHistory(problems, findHistoryProblems(revisions));
  return buildRevisionMap(revisions);
}

function scriptFiles(folder: string, directory: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => EXTENSIONS.has(extname(name)) && !name.endsWith('.d.ts') && !name.startsWith('.'))
      .sort()
      .map((name) => `${folder}${sep}${name}`);
  } catch (cause) {
    throw new ConfigurationError('CONFIG_INVALID', `There is no folder of revision scripts at ${folder}.`, {
      hint: 'Name the migrations directory (the folder that holds versions/) with --directory, or start one with `db init`.',
      cause,
      facts: { directory, folder },
    });
  }
}

/**
 * One script as the graph sees it.
 *
 * @throws ScriptError `SCRIPT_INVALID` or `SCRIPT_LOAD_FAILED`.
 */
export async function readRevision(path: string): Promise<Revision> {
  const text = readFileSync(path, 'utf8');
  const header = readScriptHeader(text) ?? (await loadHeader(path, text));
  return {
    revision: header.revision,
    downRevisions: header.downRevisions,
    dependsOn: header.dependsOn,
    branchLabels: header.branchLabels,
    message: messageOf(header.doc),
    doc: header.doc,
    createDate: createDateOf(header.doc),
    path,
  };
}

async function loadHeader(path: string, text: string): Promise<ScriptHeader> {
  const module = await loadScript(path);
  const [revision] = identifiersOf(path, 'revision', module.revision);
  if (revision === undefined || !('downRevision' in module)) {
    throw new ScriptError(
      'SCRIPT_INVALID',
      `${path} is no revision script: it exports no revision and downRevision.`,
      {
        hint: "Export them as `export const revision = '…'` and `export const downRevision = '…'` (null for a base), or move the file elsewhere.",
        facts: { path },
      },
    );
  }
  return {
    revision,
    downRevisions: identifiersOf(path, 'downRevision', module.downRevision),
    branchLabels: identifiersOf(path, 'branchLabels', module.branchLabels),
    dependsOn: identifiersOf(path, 'dependsOn', module.dependsOn),
    doc: readDocstring(text),
  };
}

function identifiersOf(path: string, name: string, value: unknown): readonly string[] {
  const list = value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
  if (list.every((each): each is string => typeof each === 'string' && each !== '')) return list;
  throw new ScriptError(
    'SCRIPT_INVALID',
    `${path}: ${name} must be a string, an array of strings, or null.`,
    {
      hint: `Correct \`export const ${name}\`.`,
      facts: { path },
    },
  );
}

/** All that is wrong at once: scripts that cannot be read, and what is wrong between those that can. */
function brokenHistory(unread: readonly MigratorError[], others: readonly HistoryProblem[]): ScriptError {
  const [first] = unread;
  if (unread.length === 1 && others.length === 0 && first instanceof ScriptError) return first;
  const lines = [
    ...unread.map((each) => each.message),
    ...others.map(({ code, message }) =>
      // What is missed may be in a script that could not be read.
      code === 'REVISION_NOT_FOUND' ? `${message} It may be one of the scripts above.` : message,
    ),
  ];
  return new ScriptError(
    'SCRIPT_INVALID',
    `The history has ${lines.length} problems:\n${lines.map((line) => `- ${line}`).join('\n')}`,
    {
      hint: 'Correct or move the scripts that cannot be read first.',
      facts: { problems: [...unread.map((each) => each.toJSON()), ...others] },
    },
  );
}
