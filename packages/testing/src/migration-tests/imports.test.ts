import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkImports, importsOf } from './imports.ts';

test.each([
  [`import { column, t } from '@freshmaker/migrator';`, ['@freshmaker/migrator']],
  [`import {\n  column,\n  type Operations,\n} from "@freshmaker/migrator";`, ['@freshmaker/migrator']],
  [`import '../polyfill.js';`, ['../polyfill.js']],
  [`import * as all from './all.ts';`, ['./all.ts']],
  [`export { one } from './one.ts';`, ['./one.ts']],
  [`const { Event } = await import('../../src/event.ts');`, ['../../src/event.ts']],
  [`const x = require('x');`, ['x']],
  [`import type { Event } from '../../src/event.ts';`, []],
  [`// import { a } from 'a'`, []],
  [`op.execute("delete from 'x'")`, []],
])('%s', (text, expected) => {
  expect(importsOf(text)).toEqual(expected);
});

describe('a directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'imports-'));
    mkdirSync(join(directory, 'versions'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);

  test('may share code among scripts, as long as that imports nothing else', () => {
    write('shared.ts', `import { readFileSync } from 'node:fs';`);
    write('versions/a_one.ts', `import { shared } from '../shared.ts';`);
    checkImports({ directory });
    write('shared.ts', `import { Event } from '@freshmaker/models';`);
    expect(() => checkImports({ directory })).toThrow(/script a_one imports @freshmaker\/models/);
    checkImports({ directory }, ['@freshmaker/models']);
  });

  test('must not reach out of itself', () => {
    write('versions/a_one.ts', `import { Event } from '../../src/event.ts';`);
    expect(() => checkImports({ directory })).toThrow(/script a_one imports \.\.\/src\/event\.ts/);
  });
});
