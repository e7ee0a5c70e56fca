import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** The library looks beside itself for its code for the machine, which stays where it is installed. */
const BINDING = {
  files: /\/better-sqlite3\/lib\/binding\.js$/,
  folder: '__dirname',
  found: "(require('node:path').dirname(require.resolve('better-sqlite3/package.json')) + '/lib')",
};

/** MikroORM's SQLite, which entities are described for also where the database is another one, only ever makes a new one. */
const MIKRO_ORM = {
  files: /\/@mikro-orm\/sqlite\/SqliteConnection\.js$/,
  eager: "import Database from 'better-sqlite3';",
  lazy: "const load = require; function Database(...given) { return new (load('better-sqlite3'))(...given); }",
};

/** The dozen small files of better-sqlite3 are part of the bundle: to find and compile each took 8 ms. */
export const bundleBetterSqlite3: Plugin = {
  name: 'bundle-better-sqlite3',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^better-sqlite3\/package\.json$/ }, ({ path }) => ({ path, external: true }));
    const replace = (files: RegExp, text: string, by: string) =>
      onLoad({ filter: files }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll(text, by),
      }));
    replace(BINDING.files, BINDING.folder, BINDING.found);
    replace(MIKRO_ORM.files, MIKRO_ORM.eager, MIKRO_ORM.lazy);
  },
};
