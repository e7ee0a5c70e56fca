import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FILE_NAMES } from './read-configuration.ts';

export interface WrittenConfiguration {
  readonly path: string;
  /** False when there was one, which was left as it is. */
  readonly written: boolean;
  /** The migrations directory as the file says it, or should. */
  readonly directory: string;
}

const text = (directory: string) => `// Settings of \`freshmaker db …\`. Paths start at this file's folder.
export default {
  // The database, where neither --database-url nor FRESHMAKER_DATABASE_URL says so.
  databaseUrl: 'sqlite:///development.db',

  // The folder that holds versions/ with the revision scripts.
  directory: ${quoted(directory)},

  // The MikroORM options that name the entities, or the path of a module that exports them. They are only read:
  // no connection of theirs is used.
  mikroOrm: './mikro-orm.config.ts',

  // Tables that \`db migrate\` and \`db check\` leave alone: names, with * for any characters and ? for one.
  exclude: [],

  // What to do while another migrator is at work ('wait', 'fail' or 'skip'), and for how many seconds to wait.
  lock: 'wait',
  lockTimeout: 60,
};
`;

/** A string literal as the other lines have it. */
function quoted(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Writes a documented configuration file, unless there is one in the folder. */
export function writeConfiguration(folder: string, directory: string): WrittenConfiguration {
  const shown = relative(folder, directory) || '.';
  const found = FILE_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found !== undefined) return { path: found, written: false, directory: shown };
  const path = join(folder, 'freshmaker.config.ts');
  writeFileSync(path, text(shown), { flag: 'wx' });
  return { path, written: true, directory: shown };
}
