import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadReason } from './load-reason.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-reason-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function reasonOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, text);
  try {
    await import(`${pathToFileURL(path).href}?v=1`);
    return 'none';
  } catch (cause) {
    return loadReason(cause, path);
  }
}

writeFileSync(join(folder, 'broken.ts'), '\n\n\nconst = 1;\n');
writeFileSync(join(folder, 'whole.mjs'), 'export const a = 1;\n');

test.each([
  ['a mistake in JavaScript', 'a.mjs', 'export default {\n  a: 1 2,\n};\n', /^Unexpected number \(line 2\)$/],
  [
    'a mistake in TypeScript',
    'b.ts',
    'export default {\n  a: 1 2,\n};\n',
    /^Expected ',', got .* \(line 2\)$/,
  ],
  ['TypeScript that is not erasable', 'c.ts', '\nenum A { b }\n', /enum is not supported .* \(line 2\)$/],
  ['a statement that throws', 'd.ts', '\n\nnothing.of.that.name();\n', /^nothing is not defined \(line 3\)$/],
  [
    'a package that is missing',
    'e.mjs',
    "import 'no-such-package';\n",
    /^Cannot find package 'no-such-package' imported from .*e\.mjs$/,
  ],
  [
    'a name that is not exported',
    'f.mjs',
    "\nimport { b } from './whole.mjs';\n",
    /does not provide an export named 'b' \(line 2\)$/,
  ],
  [
    'a mistake in what it imports',
    'g.mjs',
    "import './broken.ts';\n",
    /\(.*load-reason-.*broken\.ts, line 4\)$/,
  ],
])('%s', async (_, name, text, reason) => {
  expect(await reasonOf(name, text)).toMatch(reason);
});

test('what is thrown need not be an error', async () => {
  expect(await reasonOf('h.mjs', "throw 'no';\n")).toBe('no');
});
