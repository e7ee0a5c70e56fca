import { REQUIRE_BANNER, withBuiltinModules } from './builtin-modules.ts';

const fs = 'globalThis.process.getBuiltinModule("node:fs")';

test.each([
  ['import{statSync}from"node:fs";', `var {statSync}=${fs};`],
  ['import{statSync,readFileSync as read}from"node:fs";', `var {statSync,readFileSync:read}=${fs};`],
  ['import fs2 from"node:fs";', `var fs2=${fs};`],
  ['import*as fs2 from"node:fs";', `var fs2=${fs};`],
  ['import fs2,{statSync}from"node:fs";', `var fs2=${fs};var {statSync}=${fs};`],
  ['import"node:fs";', ''],
  ['function a(){}import{b}from"node:fs";a();', `function a(){}var {b}=${fs};a();`],
  ['import{a}from"./a.js";import{b}from"node:fs";', `import{a}from"./a.js";var {b}=${fs};`],
  ['import{Pool}from"pg";', 'import{Pool}from"pg";'],
  ['import{a}from"./fs.js";', 'import{a}from"./fs.js";'],
  ['const a=await import("node:fs");', 'const a=await import("node:fs");'],
  ['var a=require("node:fs");', `var a=${fs};`],
  ['var a=__require("node:fs").b;', `var a=${fs}.b;`],
  ['a.require("node:fs")', 'a.require("node:fs")'],
])('%j becomes %j', (text, expected) => {
  expect(withBuiltinModules(text)).toBe(expected);
});

test.each([
  ['require("path").join', false],
  ['require("better-sqlite3")', true],
  ['require(name)', true],
  ['require.resolve("x")', true],
  ['module.require', false],
  ['requires', false],
])('with %s a file is given a require: %s', (text, isGiven) => {
  const [first] = withBuiltinModules(`${REQUIRE_BANNER}\n${text}`).split('\n');
  expect(first).toMatch(isGiven ? /^const require=.*createRequire/ : /^$/);
});
