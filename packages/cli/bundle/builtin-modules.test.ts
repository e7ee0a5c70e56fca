import { REQUIRE_BANNER, withBuiltinModules } from './builtin-modules.ts';

const fs = 'globalThis.process.getBuiltinModule("node:fs")';

test.each([
  ['import { statSync } from "node:fs";', `var { statSync } = ${fs};`],
  [
    'import {\n  statSync,\n  readFileSync as read\n} from "node:fs";',
    `var {\n  statSync,\n  readFileSync: read\n} = ${fs};`,
  ],
  ['import fs2 from "node:fs";', `var fs2 = ${fs};`],
  ['import * as fs2 from "node:fs";', `var fs2 = ${fs};`],
  ['import fs2, { statSync } from "node:fs";', `var fs2 = ${fs}; var { statSync } = ${fs};`],
  ['import "node:fs";', ''],
  ['import { Pool } from "pg";', 'import { Pool } from "pg";'],
  ['import { a } from "./chunk-FS.js";', 'import { a } from "./chunk-FS.js";'],
  ['var a = require("node:fs");', `var a = ${fs};`],
  ['export { a };', 'export { a };'],
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
