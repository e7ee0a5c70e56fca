import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../errors.ts';

export interface InitDocument {
  /** Absolute. */
  readonly directory: string;
  /** What was made, absolute, in order. */
  readonly created: readonly string[];
}

const readmeText = (program: string) => `# Migrations

Each file in \`versions/\` is one revision of the database's structure: what it does (\`upgrade\`) and what takes it back
(\`downgrade\`). Its header says which revision it builds on; its first line is what \`${program} db history\` shows. Files
may be renamed freely.

    ${program} db migrate -m "What changes"   # writes a revision with the difference between models and database
    ${program} db revision -m "What changes"  # writes an empty one, for instance for data
    ${program} db upgrade                     # applies what is new
    ${program} db downgrade                   # takes the last one back
`;

/**
 * Starts a migrations directory.
 *
 * @param directory absolute; made when it is missing.
 * @param program what people type before `db …`, for the README.
 * @throws ConfigurationError `USAGE_INVALID` when there is something in it already, or it cannot be made.
 */
export function initDirectory(directory: string, program: string): InitDocument {
  const taken =
    existsSync(directory) && (!statSync(directory).isDirectory() || readdirSync(directory).length > 0);
  if (taken) {
    throw new ConfigurationError('USAGE_INVALID', `${directory} exists already and is not empty.`, {
      hint: 'Name another directory, for example `db init database/migrations`.',
      facts: { directory },
    });
  }
  const versions = join(directory, 'versions');
  const readme = join(directory, 'README.md');
  try {
    makeFolder(versions);
    writeFileSync(readme, readmeText(program));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError('USAGE_INVALID', `${directory} cannot be made: ${reason}.`, {
      hint: 'Name a directory that you may write to.',
      cause,
      facts: { directory },
    });
  }
  return { directory, created: [versions, readme] };
}

/** Makes a folder and those it is in. Node's own way tries for ever where the system says that there is no such place. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
