// Runs the scripts of a bundle, beside which the build puts it.
import type NodeModule from 'node:module';
import { CompiledCode } from './compiled-code.ts';

const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
const { createRequire, getCompileCacheDir, Module } = process.getBuiltinModule('node:module');
const { posix } = process.getBuiltinModule('node:path');
const { fileURLToPath } = process.getBuiltinModule('node:url');
const vm = process.getBuiltinModule('node:vm');

/** Tells the bundle from every other; the build puts it here. */
declare const BUNDLE: string;

type Exports = Readonly<Record<string, unknown>>;
type Import = (specifier: string) => Promise<unknown>;

/** What a script is, as `script.ts` makes it. */
type Run = (
  exports: Exports,
  require: Pick<NodeJS.Require, 'resolve'> & ((specifier: string) => unknown),
  module: { exports: Exports },
  $import: Import,
  $url: string,
) => void;

const folder = new URL('./', import.meta.url).href;
const root = fileURLToPath(folder);

const modules = new Map<string, { exports: Exports }>();
const scripts = new Map<string, InstanceType<typeof vm.Script>>();
const compiled = openCompiled();

/**
 * What a script of the bundle exports.
 *
 * @param name its path below the bundle's folder, without ending.
 */
export function load(name: string): Exports {
  const known = modules.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(name, module);
  try {
    compile(name)(module.exports, requireFrom(name), module, importFrom(name), `${folder}${name}.js`);
  } catch (error) {
    modules.delete(name);
    throw error;
  }
  return module.exports;
}

/**
 * The function that a script is.
 *
 * @throws what keeps it from being read, by the code that tells so (`src/render/error.ts`).
 */
function compile(name: string): Run {
  try {
    return compileFile(name, `${root}${name}.cjs`);
  } catch (error) {
    throw Object.assign(error as Error, { code: 'ERR_BUNDLE_NOT_LOADED' });
  }
}

function compileFile(name: string, file: string): Run {
  // What esbuild prints is ASCII.
  const text = readFileSync(file, 'latin1');
  if (process.sourceMapsEnabled) return compileWithMap(text, file);
  const cachedData = compiled?.get(name);
  const script = new vm.Script(text, cachedData ? { filename: file, cachedData } : { filename: file });
  scripts.set(name, script);
  return script.runInThisContext();
}

/** Node heeds the source maps of modules only. */
function compileWithMap(text: string, file: string): Run {
  const module = new Module(file) as NodeModule & { _compile(text: string, file: string): void };
  module._compile(`module.exports=${text}`, file);
  return module.exports;
}

let outside: NodeJS.Require | null = null;

/** Scripts of the bundle, modules of Node, and what is installed. */
function requireFrom(name: string): Parameters<Run>[1] {
  const find = () => (outside ??= createRequire(import.meta.url));
  const require = (specifier: string): unknown =>
    specifier.startsWith('.')
      ? load(nameOf(name, specifier))
      : (process.getBuiltinModule(specifier) ?? find()(specifier));
  // As an import does it, which tells of a package that is not installed.
  const resolve = ((specifier: string) =>
    fileURLToPath(import.meta.resolve(specifier))) as NodeJS.RequireResolve;
  return Object.assign(require, { resolve });
}

/** The module that stands for a script of the bundle need not be loaded to have its exports. */
function importFrom(name: string): Import {
  return async (specifier) => {
    if (specifier.startsWith('.')) return load(nameOf(name, specifier));
    const own = specifier.startsWith(folder) ? specifier.slice(folder.length, -'.js'.length) : null;
    return own !== null && existsSync(`${root}${own}.cjs`) ? load(own) : import(specifier);
  };
}

function nameOf(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).slice(0, -'.js'.length);
}

/**
 * Beside what Node keeps of modules; null where it keeps nothing. Who imports this program may have V8 set in another way,
 * and Node knows its folder by what was set when the process began.
 */
function openCompiled(): CompiledCode | null {
  const place = getCompileCacheDir();
  if (place === undefined) return null;
  process.once('exit', keepCompiled);
  const v8 = process.getBuiltinModule('node:v8');
  return new CompiledCode(`${place}/freshmaker-${BUNDLE}-${v8.cachedDataVersionTag()}`);
}

function keepCompiled(exitCode: number): void {
  // What has failed has seen little of the program.
  if (exitCode > 1 || ![...scripts.keys()].some((name) => compiled?.isWanted(name))) return;
  compiled?.add(() => new Map([...scripts].map(([name, script]) => [name, script.createCachedData()])));
}
