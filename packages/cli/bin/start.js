import { existsSync } from 'node:fs';
import module from 'node:module';
import { pathToFileURL } from 'node:url';

const CONDITION = '@freshmaker/source';

/** In a clone the sources are what runs, whatever an earlier build has left; what is published holds no such file. */
const ofClone = new URL('../bundle/of-clone.js', import.meta.url);

/** Runs the command line of this process and leaves its exit code. */
export default async function start() {
  module.enableCompileCache?.();
  const argv = process.argv.slice(2);
  // Reading the maps takes time, and only stack traces need them.
  if (process.env.DEBUG || argv.some((word) => /^(-v+|--verbose)$/.test(word)))
    process.setSourceMapsEnabled(true);
  const program = existsSync(ofClone) ? await programOfClone() : '../dist/process.js';
  const { runProcess } = await import(program);
  await runProcess(argv);
}

/** The bundle of the sources as they are now; the sources themselves where there is none, or where Node is told so. */
async function programOfClone() {
  resolveToSources();
  const sources = '../src/process.ts';
  if ([...process.execArgv, process.env.NODE_OPTIONS].some((option) => option?.includes(CONDITION)))
    return sources;
  const { bundleOfClone } = await import(ofClone.href);
  const bundle = bundleOfClone();
  return bundle === null ? sources : pathToFileURL(`${bundle}/dist/process.js`).href;
}

/** Lets this workspace's packages be found by their sources, as `node --conditions=@freshmaker/source` does. */
function resolveToSources() {
  module.registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith('@freshmaker/')) return next(specifier, context);
      return next(specifier, { ...context, conditions: [...context.conditions, CONDITION] });
    },
  });
}
