import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const files = ['migrator', 'models', 'testing', 'cli'].flatMap((name) =>
  // What puts the name before them has them in its pattern.
  globSync(`${name}/src/**/*.ts`, { cwd: root, exclude: ['**/*.test.ts', '**/program-name.ts'] }),
);

/** A file's text without its comments and examples. */
function code(path: string): string {
  const text = readFileSync(join(root, path), 'utf8');
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$|<%= config\.bin %>.*$/gm, '');
}

const commands = globSync('cli/src/commands/**/*.ts', { cwd: root })
  .map((path) => path.slice('cli/src/commands/'.length, -'.ts'.length).replaceAll('/', ' '))
  .filter((name) => !/^(comple|help)/.test(name));

/** A command in a sentence; file names and URLs hold such words, too, and a file for people has the name put in. */
const named = new RegExp(
  `(?<![\\w/.-]|\\$\\{program\\} )(freshmaker )?(${commands.join('|')})(?![\\w/.(-])`,
  'g',
);

test('every command that a text names stands in backquotes, without the name of a program', () => {
  const found: string[] = [];
  const wrong: string[] = [];
  for (const path of files) {
    const text = code(path);
    for (const match of text.matchAll(named)) {
      const line = `${path}: ${match[0]}`;
      if (match[1] === undefined && text[match.index - 1] === '`') found.push(line);
      else wrong.push(line);
    }
  }
  expect(wrong).toEqual([]);
  expect(found.length).toBeGreaterThan(20);
});

/** A hint that is written down as one text; what is put into it may hold a text, too. */
const hints = /\bhint(?:: | = |: hint \?\? )(['"`])((?:\\.|\$\{(?:[^`{}]|`[^`]*`)*\}|(?!\1)[^\\])*)\1/g;

test('every hint is a sentence', () => {
  const all = files.flatMap((path) =>
    [...code(path).matchAll(hints)].map(([, , text = '']) => `${path}: ${text}`),
  );
  // One may end in what is known only when it is told.
  expect(all.filter((hint) => !/: ['"A-Z$`\\(-].*(?:[.?]|\})$/s.test(hint))).toEqual([]);
  expect(all.length).toBeGreaterThan(100);
});
