import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * The library looks beside itself for its code for the machine, which stays where it is installed. Where it is not, the library
 * cannot be loaded, as if it were in no bundle.
 */
const BINDING = {
  files: /\/better-sqlite3\/lib\/binding\.js$/,
  change: (text: string) =>
    `const installed = require('node:path').dirname(require.resolve('better-sqlite3/package.json')) + '/lib';
${text.replaceAll('__dirname', 'installed')}`,
};

/** MikroORM's SQLite, which entities are described for also where the database is another one, only ever makes a new one. */
const MIKRO_ORM = {
  files: /\/@mikro-orm\/sqlite\/SqliteConnection\.js$/,
  change: (text: string) =>
    text.replace(
      "import Database from 'better-sqlite3';",
      "const load = require; function Database(...given) { return new (load('better-sqlite3'))(...given); }",
    ),
};

/** The dozen small files of better-sqlite3 are part of the bundle: to find and compile each took 8 ms. */
export const bundleBetterSqlite3: Plugin = {
  name: 'bundle-better-sqlite3',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^better-sqlite3\/package\.json$/ }, ({ path }) => ({ path, external: true }));
    for (const { files, change } of [BINDING, MIKRO_ORM])
      onLoad({ filter: files }, ({ path }) => ({ contents: change(readFileSync(path, 'utf8')) }));
  },
};
