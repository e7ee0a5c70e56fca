import { Script } from 'node:vm';
import { asScript, moduleOf } from './script.ts';

/** Runs a module as a script, with modules that say when they are loaded. */
async function run(text: string) {
  const { code } = await asScript(text, 'x.cjs');
  const loaded: string[] = [];
  const load = (name: string) => {
    loaded.push(name);
    return { __esModule: true, default: `default of ${name}`, named: `named of ${name}` };
  };
  const module = { exports: {} as Record<string, (given?: string) => unknown> };
  const run = new Script(code).runInThisContext();
  run(module.exports, load, module, async (name: string) => load(`${name}, later`), 'file:///x.js');
  return { loaded, exports: module.exports };
}

test.each([
  ['what it declares', 'export const a = 1;', 'a', 1],
  [
    'what it imports by name',
    "import { named } from './b.js'; export { named as a };",
    'a',
    'named of ./b.js',
  ],
  ['what it imports as default', "import b from './b.js'; export const a = b;", 'a', 'default of ./b.js'],
  ['all that it imports', "import * as b from './b.js'; export const a = b.named;", 'a', 'named of ./b.js'],
  ['a default', 'export default class A {}', 'default', expect.any(Function)],
  ['where it is', 'export const a = import.meta.url;', 'a', 'file:///x.js'],
  ['strictly', 'export const a = (function () { return this; })();', 'a', undefined],
  ['a text that reads like code', 'export const a = \'import("b")\';', 'a', 'import("b")'],
])('a script exports %s', async (_name, text, name, expected) => {
  expect((await run(text)).exports[name]).toEqual(expected);
});

test('a script imports when it runs', async () => {
  const { loaded, exports } = await run(
    "import './a.js'; export const b = () => import('./b.js'); export const c = (url) => import(url);",
  );
  expect(loaded).toEqual(['./a.js']);
  expect(await exports.b?.()).toMatchObject({ named: 'named of ./b.js, later' });
  expect(await exports.c?.('file:///c.js')).toMatchObject({ default: 'default of file:///c.js, later' });
});

test.each([
  ['await 1;', /await/],
  ['export const a = import.meta.dirname;', /x\.cjs: .*import\.meta/],
])('%s is nothing for a script', async (text, reason) => {
  await expect(asScript(text, 'x.cjs')).rejects.toThrow(reason);
});

test('a script begins and ends a line of its own, so that its source map holds', async () => {
  const { code, map } = await asScript('export const a = 1;', 'x.cjs');
  expect(code.split('\n')[0]).toMatch(/^\(function\(/);
  expect(code).toMatch(/\n\}\)\n\/\/# sourceMappingURL=x\.cjs\.map\n$/);
  expect(JSON.parse(map).mappings).toMatch(/^;/);
});

test.each([
  ['a', "import { load } from './loader.js';"],
  ['shared/@x/y', "import { load } from '../../loader.js';"],
])('a module exports what the script %s does', (name, first) => {
  expect(moduleOf(name, ['b', 'module.exports'])).toBe(
    `${first}\nconst { "b": $0, "module.exports": $1 } = load('${name}');\nexport { $0 as "b", $1 as "module.exports" };\n`,
  );
});
