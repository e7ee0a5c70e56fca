import { fileURLToPath, pathToFileURL } from 'node:url';

/** A place in a file. */
interface Place {
  readonly path: string;
  readonly line: string;
}

/**
 * Why a module could not be loaded, and where: `Unexpected number (line 3)`, `x is not defined (line 2)`.
 *
 * @param cause what its import has thrown.
 * @param path of the file that was imported, absolute; what is wrong may be in another one that it imports.
 */
export function loadReason(cause: unknown, path: string): string {
  if (!(cause instanceof Error)) return String(cause);
  const [message = ''] = cause.message.split('\n', 1);
  const place = placeBefore(cause.stack ?? '') ?? syntaxErrorIn(path, cause) ?? firstFrame(cause, path);
  if (place === null) return message;
  return `${message} (${place.path === path ? '' : `${place.path}, `}line ${place.line})`;
}

/** Node puts the place before the stack where it has one: of mistakes in TypeScript, and of names that are not exported. */
function placeBefore(text: string): Place | null {
  const [, url, line] = /^(\S.*?)(?:\?[^:\n]*)?:(\d+)\n/.exec(text) ?? [];
  if (url === undefined || line === undefined) return null;
  return { path: url.startsWith('file:') ? fileURLToPath(url) : url, line };
}

/** V8 keeps the place of a mistake in JavaScript to itself; a Node that only checks the file prints it. */
function syntaxErrorIn(path: string, cause: Error): Place | null {
  if (!(cause instanceof SyntaxError) || path.endsWith('.json')) return null;
  // Loaded here: it takes longer than most commands do, which all import this file.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { stderr } = spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' });
  return placeBefore(stderr);
}

/** Where in the file the code was that threw. */
function firstFrame({ stack = '' }: Error, path: string): Place | null {
  const { href } = pathToFileURL(path);
  const at = stack.indexOf(href);
  const [, line] = (at === -1 ? null : /^(?:\?[^:]*)?:(\d+):\d+/.exec(stack.slice(at + href.length))) ?? [];
  return line === undefined ? null : { path, line };
}
