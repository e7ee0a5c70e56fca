import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFolders, hashParts } from './content-hash.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'content-hash-'));
  mkdirSync(join(folder, 'versions'));
  writeFileSync(join(folder, 'versions', 'a.ts'), 'one');
});
afterEach(() => rmSync(folder, { recursive: true }));

const hash = () => hashFolders([folder]);

test('the hash stays while names and bytes do', () => {
  const before = hash();
  utimesSync(join(folder, 'versions', 'a.ts'), 1, 1);
  expect(hash()).toBe(before);
});

test.each([
  ['other bytes', () => writeFileSync(join(folder, 'versions', 'a.ts'), 'two!')],
  ['another name', () => renameSync(join(folder, 'versions', 'a.ts'), join(folder, 'versions', 'b.ts'))],
  ['another file', () => writeFileSync(join(folder, 'shared.ts'), '')],
])('%s change it', (_, change) => {
  const before = hash();
  change();
  expect(hash()).not.toBe(before);
});

test.each([
  ['hidden files', () => writeFileSync(join(folder, '.swp'), 'x')],
  ['node_modules', () => mkdirSync(join(folder, 'node_modules', 'x'), { recursive: true })],
])('%s do not count', (_, change) => {
  const before = hash();
  change();
  expect(hash()).toBe(before);
});

test('where a part ends counts', () => {
  expect(hashParts(['ab', 'c'])).not.toBe(hashParts(['a', 'bc']));
});
