import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MigratorError } from '../errors.ts';
import { readHistory } from './script-directory.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'script-directory-'));
  mkdirSync(join(directory, 'versions'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(directory, 'versions', name), text);
const script = (revision: string, down: string | null) =>
  `/** Message of ${revision} */\nexport const revision = '${revision}';\nexport const downRevision = ${JSON.stringify(down)};\n`;

async function problem(): Promise<MigratorError> {
  const error = await readHistory({ directory }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MigratorError);
  return error as MigratorError;
}

test('scripts of every kind are read, other files and folders are not', async () => {
  write('a1_first.ts', script('a1', null));
  write('b2.js', script('b2', 'a1'));
  write('c3.mjs', `const id = 'c3';\nexport const revision = id;\nexport const downRevision = 'b2';\n`);
  write('README.md', 'not a script');
  write('a1_first.d.ts', 'export {};');
  mkdirSync(join(directory, 'versions', 'folder'));
  const map = await readHistory({ directory });
  expect([...map.order]).toEqual(['a1', 'b2', 'c3']);
  expect(map.nodes.get('b2')?.revision.message).toBe('Message of b2');
});

test('a broken history is reported whole: what cannot be read, and what is wrong between the others', async () => {
  write('a1.ts', script('a1', null));
  write('a1_copy.ts', script('a1', null));
  write('b2.ts', script('b2', 'nowhere'));
  write('c1.ts', script('c1', 'c2'));
  write('c2.ts', script('c2', 'c1'));
  write('d1.ts', 'export const revision = ;');
  write('e1.ts', 'export const nothing = 1;');
  const error = await problem();
  expect(error.code).toBe('SCRIPT_INVALID');
  for (const named of [
    /d1\.ts/,
    /e1\.ts/,
    /a1 is present more than once/,
    /nowhere.*It may be one of the scripts above/,
    /c1.*c2|c2.*c1/,
  ]) {
    expect(error.message).toMatch(named);
  }
  expect(error.facts.problems).toHaveLength(5);
});

test('one script that cannot be read is told as it is', async () => {
  write('a1.ts', script('a1', null));
  write('broken.ts', 'export const revision = ;');
  expect(await problem()).toMatchObject({
    code: 'SCRIPT_LOAD_FAILED',
    facts: { path: expect.stringContaining('broken.ts') },
  });
});

test('a folder that is not there is named', async () => {
  rmSync(join(directory, 'versions'), { recursive: true });
  expect(await problem()).toMatchObject({
    code: 'CONFIG_INVALID',
    facts: { folder: join(directory, 'versions') },
  });
});
