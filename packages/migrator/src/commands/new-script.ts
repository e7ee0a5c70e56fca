import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { renderScript } from '../autogenerate/render-script.ts';
import { scriptFileName } from '../autogenerate/script-name.ts';
import { dialectOf } from '../dialects/dialect-of.ts';
import type { DialectName } from '../driver/driver.ts';
import { ConfigurationError, ScriptError } from '../errors.ts';
import type { OperationDescription } from '../operations/describe.ts';
import type { Operation } from '../operations/operation.ts';
import { checkNewRevisionId, type NewRevision } from '../revision/new-revision.ts';
import { nodeOf, type RevisionMap } from '../revision/revision-map.ts';
import { type ScriptLocations, versionFolders } from '../script/script-directory.ts';
import { printNewScript } from './new-script-sql.ts';

/** How a new script is called and where it goes. */
export interface NewScriptOptions {
  readonly message?: string;
  /** Default: 12 hexadecimal digits. */
  readonly revisionId?: string;
  /** One of the folders of scripts, absolute or relative to the migrations directory. */
  readonly versionPath?: string;
  /** Write nothing: the document then holds the text. */
  readonly dryRun?: boolean;
  /** Write nothing: the document then holds the SQL that the script's upgrade runs on this database. */
  readonly sql?: DialectName;
  /** The moment of creation; default now. */
  readonly now?: Date;
}

/** A script that was written, or would be. All null when there was nothing to write. */
export interface NewScriptDocument {
  readonly revision: string | null;
  /** Absolute; null for a dry run. */
  readonly path: string | null;
  readonly operations: readonly OperationDescription[];
  /** The text, for a dry run. */
  readonly script?: string;
  /** What the upgrade runs, where that was asked for. */
  readonly sql?: string;
}

export const nothingToWrite: NewScriptDocument = { revision: null, path: null, operations: [] };

/** What a new script holds. */
export interface NewScriptContent {
  readonly place: NewRevision;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  readonly tableTypes?: string;
  /** The upgrade, as it is to be shown. */
  readonly operations?: readonly OperationDescription[];
}

/**
 * Gives a new script its name, folder and text, and writes it unless it is only to be shown.
 *
 * @throws ConfigurationError `USAGE_INVALID` for an identifier or a folder that cannot be used, or when there are several
 *   folders and none is named; RevisionError `REVISION_DUPLICATE` for an identifier in use; ScriptError `SCRIPT_INVALID`
 *   when the file is there already or cannot be written.
 */
export async function createScript(
  map: RevisionMap,
  locations: ScriptLocations,
  { place, operations = [], ...content }: NewScriptContent,
  options: NewScriptOptions,
): Promise<NewScriptDocument> {
  const { message = '', now = new Date() } = options;
  const revision = options.revisionId ?? newRevisionId(map);
  if (options.revisionId !== undefined) checkNewRevisionId(map, revision);
  const path = join(
    scriptFolder(map, locations, place, options.versionPath),
    scriptFileName(revision, message),
  );
  const createDate = now.toISOString().replace('T', ' ').replace('Z', '000');
  const script = renderScript({ revision, message, createDate, ...place, ...content });
  if (options.sql !== undefined) {
    const sql = await printNewScript(map, {
      ...content,
      place,
      revision,
      message,
      dialect: dialectOf(options.sql),
    });
    return { revision, path: null, operations, sql };
  }
  if (options.dryRun) return { revision, path: null, operations, script };
  write(path, script);
  return { revision, path, operations };
}

function write(path: string, script: string): void {
  try {
    writeFileSync(path, script, { flag: 'wx' });
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const reason = exists ? 'it is there already' : cause instanceof Error ? cause.message : String(cause);
    throw new ScriptError('SCRIPT_INVALID', `The script ${path} cannot be written: ${reason}.`, {
      hint: 'Choose another --rev-id or message, or look at the permissions of the folder.',
      cause,
      facts: { path },
    });
  }
}

function newRevisionId(map: RevisionMap): string {
  for (;;) {
    // The last group of a random UUID: 48 random bits.
    const id = crypto.randomUUID().slice(-12);
    if (!map.nodes.has(id) && !map.labels.has(id)) return id;
  }
}

function scriptFolder(
  map: RevisionMap,
  locations: ScriptLocations,
  { downRevisions }: NewRevision,
  versionPath: string | undefined,
): string {
  const folders = versionFolders(locations);
  if (versionPath !== undefined) {
    const chosen = resolve(locations.directory, versionPath);
    if (folders.includes(chosen)) return chosen;
    throw new ConfigurationError(
      'USAGE_INVALID',
      `${versionPath} is none of the folders of revision scripts.`,
      {
        hint: `Name one of ${folders.join(', ')}.`,
        facts: { versionPath, folders },
      },
    );
  }
  const ofParents = new Set(downRevisions.map((id) => dirname(nodeOf(map, id).revision.path)));
  const candidates = ofParents.size > 0 ? [...ofParents] : folders;
  const [folder] = candidates;
  if (folder !== undefined && candidates.length === 1) return folder;
  throw new ConfigurationError('USAGE_INVALID', 'There are several folders the new script could go to.', {
    hint: `Say --version-path ${candidates.join(' or ')}.`,
    facts: { folders: candidates },
  });
}
