import * as esbuild from 'esbuild';

/** Begins and ends a file, which is one function then. */
const FUNCTION = { begin: '(function(exports,require,module,$import,$url){"use strict";', end: '})' };

/** What esbuild makes of `import(…)`, as it prints it without spaces. */
const DYNAMIC_IMPORT = 'Promise.resolve().then(()=>__toESM(require(';

/** A file of the bundle, as a module with its source map in it, and as what the loader runs. */
export interface Script {
  readonly code: string;
  readonly map: string;
}

/**
 * Makes a script of a module: only of scripts can be kept what V8 compiles while they run.
 *
 * @param text of the module, with its source map at its end.
 * @param file the name that the script is to have.
 * @throws the error of esbuild for what a script cannot have, such as an `await` outside of functions.
 */
export async function asScript(text: string, file: string): Promise<Script> {
  const { code, map, warnings } = await esbuild.transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node22.17',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '$url' },
    banner: FUNCTION.begin,
    footer: FUNCTION.end,
    minifyWhitespace: true,
    sourcemap: 'external',
    sourcesContent: false,
    // What esbuild adds of its own has no other source.
    sourcefile: file,
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(`${file}: ${warnings.map((each) => each.text).join('; ')}`);
  return {
    code: `${code.replaceAll(DYNAMIC_IMPORT, 'Promise.resolve().then(()=>($import(')}//# sourceMappingURL=${file}.map\n`,
    map,
  };
}

/**
 * The module by which others import what a script exports.
 *
 * @param name of the script.
 * @param names those that it exports.
 */
export function moduleOf(name: string, names: readonly string[]): string {
  const loader = `${'../'.repeat(name.split('/').length - 1) || './'}loader.js`;
  // Such as `module.exports`, which is the name of what `require` of a module gives.
  const quoted = names.map((each) => JSON.stringify(each));
  const taken = quoted.map((each, at) => `${each}: $${at}`).join(', ');
  const given = quoted.map((each, at) => `$${at} as ${each}`).join(', ');
  return `import { load } from '${loader}';\nconst { ${taken} } = load('${name}');\nexport { ${given} };\n`;
}
