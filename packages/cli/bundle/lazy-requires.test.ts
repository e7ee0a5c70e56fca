import { createRequire } from 'node:module';
import { withLazyRequires } from './lazy-requires.ts';

/** Runs a CommonJS text, as compiled by TypeScript, with modules that say when they are loaded. */
function run(text: string) {
  const loaded: string[] = [];
  const require = (name: string) => {
    loaded.push(name);
    return createRequire(import.meta.url)(name);
  };
  const exports: Record<string, () => unknown> = {};
  new Function('require', 'exports', withLazyRequires(text, '\\w+_\\d+|sasl'))(require, exports);
  return { loaded, exports };
}

const importDefault = 'var __importDefault = (mod) => (mod && mod.__esModule ? mod : { default: mod });';

test.each([
  ['a function', 'const a_1 = require("node:path");', '(0, a_1.join)("x", "y")', 'x/y'],
  ['a default', 'const a_1 = __importDefault(require("node:path"));', 'a_1.default.join("x", "y")', 'x/y'],
  ['a class', 'const a_1 = require("node:url");', 'new a_1.URL("a:b").href', 'a:b'],
  ['one of two', 'const a_1 = require("node:url");\nvar a_10 = require("node:path");', 'a_10.sep', '/'],
  ['by a name that is given', "const sasl = require('node:path')", 'sasl.join("sasl", "y")', 'sasl/y'],
  ['the key of an object', 'const a_1 = require("node:path");', '({ "a_1": 1, sep: a_1.sep }).sep', '/'],
])('%s is loaded when it is first used', (_name, requires, expression, expected) => {
  const { loaded, exports } = run(`${importDefault}\n${requires}\nexports.use = () => ${expression};`);
  expect(loaded).toEqual([]);
  expect(exports.use?.()).toBe(expected);
  expect(exports.use?.()).toBe(expected);
  expect(loaded).toHaveLength(1);
});

test('what is required for its effects, or by another name, is loaded at once', () => {
  const { loaded } = run('require("node:path");\nconst path = require("node:url");');
  expect(loaded).toEqual(['node:path', 'node:url']);
});

test('lines stay where they are', () => {
  const text = 'const a_1 = require("node:path");\n\nexports.b = a_1.sep;\n';
  expect(withLazyRequires(text, '\\w+_\\d+').split('\n')).toHaveLength(text.split('\n').length);
});
