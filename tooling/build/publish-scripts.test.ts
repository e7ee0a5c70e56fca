import { readdirSync, readFileSync } from 'node:fs';
import { readScriptHeader } from '../../packages/migrator/src/script/script-header.ts';
import { publishedScript } from './publish-scripts.ts';

const versions = new URL('../../packages/models/migrations/versions/', import.meta.url);

test.each(readdirSync(versions))('%s says the same of itself when it is published', (name) => {
  const source = readFileSync(new URL(name, versions), 'utf8');
  const published = publishedScript(source);
  expect(readScriptHeader(published)).toEqual(readScriptHeader(source));
  expect(published).not.toContain('import type');
  expect(published).not.toMatch(/: Operations|interface /);
});
