import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** Files that load each other, and libraries, when they are first used: a command needs few of them. */
const LAZY = [
  // TypeScript compiled them: it gives names like `name_1` to nothing but what it loads.
  { files: /\/@oclif\/core\/lib\/.*\.js$/, variables: '\\w+_\\d+' },
  // What proves a password, with all of Node's cryptography.
  { files: /\/pg\/lib\/(client|crypto\/sasl)\.js$/, variables: 'sasl|crypto' },
];

/** Tells Windows' Linux from others, for the line of `--version` alone. */
const WSL = "(await import('wsl-utils'))";

export const loadLazily: Plugin = {
  name: 'load-lazily',
  setup({ onLoad }) {
    for (const { files, variables } of LAZY) {
      onLoad({ filter: files }, ({ path }) => {
        const text = readFileSync(path, 'utf8').replaceAll(WSL, '({ isWsl: false })');
        return { contents: withLazyRequires(text, variables) };
      });
    }
  },
};

/**
 * The same text of a CommonJS file, line by line, that calls a function wherever it used a variable that holds a module.
 *
 * @param variables a regular expression for the names of those variables.
 */
export function withLazyRequires(text: string, variables: string): string {
  const declaration = new RegExp(
    `^(?:const|var) (${variables}) = ((?:__import(?:Default|Star)\\()?require\\((?:"[^"]+"|'[^']+')\\)\\)?);?$`,
  );
  const lines = text.split('\n').map((line) => ({ line, found: declaration.exec(line) }));
  const names = lines.flatMap(({ found }) => found?.[1] ?? []);
  if (names.length === 0) return text;
  const uses = new RegExp(`(?<![\\w.$'"])(${names.join('|')})(?![\\w$])`, 'g');
  return lines
    .map(({ line, found }) => {
      if (found === null) return line.replace(uses, '($1())');
      const [, name, load] = found;
      return `let ${name}$; const ${name} = () => (${name}$ ??= ${load});`;
    })
    .join('\n');
}
