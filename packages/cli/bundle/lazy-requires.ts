import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** `const name_1 = require("…");` at the top of a file that TypeScript compiled, which gives no other variable such a name. */
const REQUIRE = /^(?:const|var) (\w+_\d+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm;

/** Tells Windows' Linux from others, for the line of `--version` alone. */
const WSL = "(await import('wsl-utils'))";

/**
 * Lets oclif's files load each other, and their libraries, when they are first used: a command needs few of them.
 */
export const loadLazily: Plugin = {
  name: 'load-lazily',
  setup({ onLoad }) {
    onLoad({ filter: /\/@oclif\/core\/lib\/.*\.js$/ }, ({ path }) => ({
      contents: withLazyRequires(readFileSync(path, 'utf8').replaceAll(WSL, '({ isWsl: false })')),
    }));
  },
};

/** The same text, line by line, with a call of a function wherever it used a variable that holds a module. */
export function withLazyRequires(text: string): string {
  const names = [...text.matchAll(REQUIRE)].map(([, name]) => name);
  if (names.length === 0) return text;
  const uses = new RegExp(`(?<![\\w.$'"])(${names.join('|')})(?![\\w$])`, 'g');
  return text
    .split('\n')
    .map((line) => {
      const [found, name, load] = new RegExp(REQUIRE.source).exec(line) ?? [];
      if (found === undefined) return line.replace(uses, '($1())');
      return `let ${name}$; const ${name} = () => (${name}$ ??= ${load});`;
    })
    .join('\n');
}
