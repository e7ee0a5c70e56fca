import { isBuiltin } from 'node:module';

/** An import of a module, as esbuild prints it without spaces. */
const IMPORT = /(?<=^|[;}])import *(?:([\w$]+|\* *as [\w$]+) ?,?)?(\{[^}]*\})?(?: ?from *)?"([^"]+)";/gm;
const REQUIRE = /(?<![\w$.])(?:__)?require\("([^"]+)"\)/g;

/** The line at the head of every file that gives it a `require`; `withBuiltinModules` leaves it where there is need of one. */
export const REQUIRE_BANNER = 'const require=$createRequire(import.meta.url);';
const createRequire =
  "const require=globalThis.process.getBuiltinModule('node:module').createRequire(import.meta.url);";

/**
 * The text of a file of the bundle, with the same lines, that takes the modules of Node from `process.getBuiltinModule`. When
 * one is imported Node reads every name that it has, and some of them load large parts of Node: those of `node:fs` take six
 * milliseconds, those of `node:process` ten.
 */
export function withBuiltinModules(text: string): string {
  const taken = text
    .replace(IMPORT, (statement, whole?: string, names?: string, name = '') => {
      if (!isBuiltin(name)) return statement;
      return [whole?.replace(/\* *as /, ''), names?.replaceAll(' as ', ':')]
        .filter((variables) => variables !== undefined)
        .map((variables) => `var ${variables}=${take(name)};`)
        .join('');
    })
    .replace(REQUIRE, (call, name: string) => (isBuiltin(name) ? take(name) : call));
  const isNeeded = /(?<![\w.$])require(?![\w$]|=\$)/.test(taken.replace(REQUIRE_BANNER, ''));
  return taken.replace(REQUIRE_BANNER, isNeeded ? createRequire : '');
}

const take = (name: string) => `globalThis.process.getBuiltinModule(${JSON.stringify(name)})`;
