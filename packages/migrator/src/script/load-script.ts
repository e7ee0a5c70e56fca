import { realpathSync, statSync } from 'node:fs';
import { type ResolveFnOutput, registerHooks } from 'node:module';
import { dirname, extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ScriptError } from '../errors.ts';
import type { Operations } from '../operations/operations.ts';
import { loadReason } from './load-reason.ts';

/** What a revision script exports. */
export interface ScriptModule {
  readonly revision?: unknown;
  readonly downRevision?: unknown;
  readonly branchLabels?: unknown;
  readonly dependsOn?: unknown;
  readonly upgrade?: (op: Operations) => unknown;
  readonly downgrade?: (op: Operations) => unknown;
}

const PACKAGE = '@freshmaker/migrator';
/** The package without its bridge to MikroORM. */
const ENGINE = `${PACKAGE}/engine`;

/** Folders whose files are revision scripts, without symbolic links: only their imports are resolved here. */
const scriptFolders = new Set<string>();

const formats: Readonly<Record<string, string>> = {
  '.ts': 'module-typescript',
  '.mts': 'module-typescript',
  '.js': 'module',
  '.mjs': 'module',
};

let hooked = false;

/**
 * Lets a script import the engine that runs it from any folder, and be a module without a `package.json` beside it.
 * Source of the mechanism: Node's `module.registerHooks`.
 */
function hookOnce(): void {
  if (hooked) return;
  hooked = true;
  let engine: ResolveFnOutput | undefined;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== PACKAGE || !isScript(context.parentURL)) return next(specifier, context);
      // It is the same for every script of a long history.
      engine ??= { ...next(ENGINE, { ...context, parentURL: import.meta.url }), shortCircuit: true };
      return engine;
    },
    load(url, context, next) {
      const format = isScript(url) ? formats[extname(new URL(url).pathname)] : undefined;
      return next(url, format === undefined ? context : { ...context, format });
    },
  });
}

function isScript(url: string | undefined): boolean {
  return url?.startsWith('file:') === true && scriptFolders.has(dirname(fileURLToPath(url)));
}

/**
 * Imports a script; an edited file is imported anew.
 *
 * @param path absolute.
 * @throws ScriptError `SCRIPT_LOAD_FAILED` with the reason, when it cannot be parsed or fails while it is loaded.
 */
export async function loadScript(path: string): Promise<ScriptModule> {
  hookOnce();
  let file = path;
  try {
    file = realpathSync(path);
    scriptFolders.add(dirname(file));
    const url = pathToFileURL(file);
    const { mtimeMs, size } = statSync(file);
    url.searchParams.set('v', `${mtimeMs}-${size}`);
    return exportsOf(await import(url.href));
  } catch (cause) {
    throw new ScriptError(
      'SCRIPT_LOAD_FAILED',
      `The revision script ${path} cannot be loaded: ${loadReason(cause, file)}.`,
      {
        hint: 'Correct the script; Node runs it as it is, so only erasable TypeScript syntax works.',
        cause,
        facts: { path },
      },
    );
  }
}

/**
 * What a script exports. Loaders that make CommonJS of TypeScript hand everything over as the default export; jiti does, which
 * MikroORM's command line takes where it finds it.
 */
function exportsOf(module: Readonly<Record<string, unknown>>): ScriptModule {
  const whole = module.default;
  const isWhole = typeof whole === 'object' && whole !== null && Object.keys(module).length === 1;
  return isWhole ? whole : module;
}
