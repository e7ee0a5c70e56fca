import { existsSync } from 'node:fs';
import module from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const CONDITION = '@freshmaker/source';

/** Whether this is a clone: there the sources are what runs, whatever an earlier build has left. */
const isClone = !root.includes(`${sep}node_modules${sep}`) && existsSync(`${root}src${sep}process.ts`);

/** Lets this workspace's packages be found by their sources, as `node --conditions=@freshmaker/source` does. */
function resolveToSources() {
  module.registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith('@freshmaker/')) return next(specifier, context);
      return next(specifier, { ...context, conditions: [...context.conditions, CONDITION] });
    },
  });
}

/** Runs the command line of this process and leaves its exit code. */
export default async function start() {
  module.enableCompileCache?.();
  if (isClone) resolveToSources();
  const { runProcess } = await import(isClone ? '../src/process.ts' : '../dist/process.js');
  await runProcess(process.argv.slice(2));
}
