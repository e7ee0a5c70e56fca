import { join, relative } from 'node:path';
import type { Invocation } from '../invocation.ts';
import { shellWord } from './shell-word.ts';

type Place = Pick<Invocation, 'env' | 'cwd'>;

/** What people type to start this program: `freshmaker`, or the way to `manager` where a checkout's was called. */
export function programName({ env, cwd }: Place): string {
  const { FRESHMAKER_CHECKOUT_ROOT: root } = env;
  if (!root) return 'freshmaker';
  const path = relative(cwd, join(root, 'manager'));
  return shellWord(path.startsWith('..') ? path : `./${path}`);
}

/** A command in backquotes, as all texts of the engine and of this package write it. */
const command = /`((?:db|createdb|upgradedb|cleardb|completion|--help)(?: [^`]*)?)`/g;

/**
 * Puts the program's name before the commands that a text names: `` `db upgrade` `` becomes `` `freshmaker db upgrade` ``.
 * The engine writes commands without it, since programs of other names use it, too.
 */
export function nameProgram(text: string, place: Place): string {
  return text.replace(command, (_, words: string) => `\`${programName(place)} ${words}\``);
}
