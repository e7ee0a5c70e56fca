import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeFiles, readmePackages } from './readme-files.ts';

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');

test('every code block of the README but its commands is a file that is run', () => {
  const blocks = [...readme.matchAll(/^```(\w+)$/gm)].map(([, language]) => language);
  expect(readmeFiles(readme)).toHaveLength(blocks.filter((language) => language !== 'sh').length);
});

test('the first code block is a whole Jest test file', () => {
  const [first] = readmeFiles(readme);
  expect(first?.path).toMatch(/\.test\.js$/);
  expect(readme.indexOf('```js')).toBe(readme.indexOf('```'));
  expect(first?.text).toMatch(/^import /);
});

test('its commands install each package once, those that are not ours in one version', () => {
  const packages = readmePackages(readme);
  expect(packages).toContain('@freshmaker/testing');
  expect(new Set(packages).size).toBe(packages.length);
  for (const each of packages) expect(each).toMatch(/^@freshmaker\/[a-z]+$|.@[0-9][^@]*$/);
});
