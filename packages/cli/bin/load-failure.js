import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const nested = root.indexOf(`${sep}node_modules${sep}`);

/** Where `npm install` is to be typed: the project that has installed this package, or the root of a clone. */
const project = nested === -1 ? join(root, '..', '..') : root.slice(0, nested);

/**
 * Tells that the program itself could not be loaded, and leaves the exit code. Rests on nothing but Node, since anything
 * else may be what is missing.
 *
 * @param {unknown} error
 */
export default function reportLoadFailure(error) {
  const { argv, env, stdout, stderr } = process;
  const document = documentOf(error);
  const words = argv.slice(2);
  const options = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  if (options.includes('--json')) stdout.write(`${JSON.stringify({ error: document }, null, 2)}\n`);
  else stderr.write(`Error [${document.code}]: ${document.message}\nHint: ${document.hint}\n`);
  if (env.DEBUG && error instanceof Error) stderr.write(`${error.stack}\n`);
  process.exitCode = 2;
}

/** @param {unknown} error */
function documentOf(error) {
  const reason = error instanceof Error ? error.message : String(error);
  const [, missing] = /^Cannot find package '([^']+)'/.exec(reason) ?? [];
  if (missing) {
    return {
      code: 'PROGRAM_NOT_LOADED',
      message: `The npm package ${missing} is not installed, and freshmaker needs it.`,
      hint: `Type \`npm install\` in ${project}.`,
      package: missing,
    };
  }
  // Where a source cannot be read, Node puts file and line before the stack.
  const [, place] = (error instanceof Error && /^(?:file:\/\/)?(\S.*:\d+)\n/.exec(error.stack ?? '')) || [];
  return {
    code: 'PROGRAM_NOT_LOADED',
    message: `The program cannot be loaded: ${reason}${place ? ` (${place})` : ''}.`,
    hint: 'Run the command again with DEBUG=1 to see where, and install the package anew if it was not changed.',
  };
}
