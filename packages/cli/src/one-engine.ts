import { registerHooks } from 'node:module';
import { extname } from 'node:path';

/** The names of the engine, and the files of the bundle that hold it. */
const FILES = { '@freshmaker/migrator': 'migrator.js', '@freshmaker/migrator/engine': 'engine.js' } as const;

let shared = false;

/**
 * Where this program is a bundle with the engine in it: whoever imports the engine that was bundled, be it a revision
 * script, a configuration file or MikroORM's options, gets the one that runs, which is loaded already. Another copy of
 * the package, such as another version that a project has of its own, stays what it is.
 */
export function shareEngine(): void {
  if (shared || extname(import.meta.url) === '.ts') return;
  shared = true;
  const bundled = new Map<string, string>();
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      if (!Object.hasOwn(FILES, specifier)) return resolved;
      if (bundled.size === 0) {
        for (const [name, file] of Object.entries(FILES)) {
          bundled.set(
            next(name, { ...context, parentURL: import.meta.url }).url,
            new URL(file, import.meta.url).href,
          );
        }
      }
      const url = bundled.get(resolved.url);
      return url === undefined ? resolved : { url, format: 'module', shortCircuit: true };
    },
  });
}
