import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** Where the engine loads the library; `require` is then esbuild's, which takes the library in. */
const LOADER = {
  files: /\/migrator\/src\/driver\/better-sqlite3\.ts$/,
  own: /^const require = .*$/m,
};

/** MikroORM's SQLite, which entities are described for also where the database is another one, only ever makes a new one. */
const MIKRO_ORM = {
  files: /\/@mikro-orm\/sqlite\/SqliteConnection\.js$/,
  eager: "import Database from 'better-sqlite3';",
  lazy: "function Database(...given) { return new (require('better-sqlite3'))(...given); }",
};

/** Where the library looks for its code for the machine, which stays where it is installed. */
const BINDING = {
  files: /\/better-sqlite3\/lib\/binding\.js$/,
  folder: "require('node:path').dirname(require.resolve('better-sqlite3'))",
};

/**
 * The dozen small files of better-sqlite3, loaded when the first SQLite file is opened: together, and compiled before, they
 * take a quarter of the time.
 */
export const bundleBetterSqlite3: Plugin = {
  name: 'bundle-better-sqlite3',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^better-sqlite3$/ }, ({ path, kind }) =>
      kind === 'require-resolve' ? { path, external: true } : undefined,
    );
    const rewrite = (files: RegExp, change: (text: string) => string, loader: 'ts' | 'js') =>
      onLoad({ filter: files }, ({ path }) => ({ contents: change(readFileSync(path, 'utf8')), loader }));
    rewrite(LOADER.files, (text) => text.replace(LOADER.own, ''), 'ts');
    rewrite(MIKRO_ORM.files, (text) => text.replace(MIKRO_ORM.eager, MIKRO_ORM.lazy), 'js');
    rewrite(BINDING.files, (text) => text.replaceAll('__dirname', BINDING.folder), 'js');
  },
};
