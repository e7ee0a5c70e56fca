import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadScript } from './load-script.ts';

test.each([
  ['named exports', "export const revision = 'aaaaaaaaaaaa'; export function upgrade() {}"],
  [
    'a default export beside them',
    "export const revision = 'aaaaaaaaaaaa'; export default {}; export function upgrade() {}",
  ],
  [
    'all exports as the default one, as jiti has them',
    "export default { revision: 'aaaaaaaaaaaa', upgrade() {} }",
  ],
])('a script is read from %s', async (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'load-script-'));
  try {
    const path = join(folder, 'aaaaaaaaaaaa.mjs');
    writeFileSync(path, text);
    const script = await loadScript(path);
    expect(script.revision).toBe('aaaaaaaaaaaa');
    expect(typeof script.upgrade).toBe('function');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** As a mounted ConfigMap has its files, or macOS its temporary folder. */
test.each([
  ['a link to it', 'linked.ts'],
  ['a link to its folder', join('folder', 'aaaaaaaaaaaa.ts')],
])('a script that imports the engine is found through %s', async (_, name) => {
  const root = mkdtempSync(join(tmpdir(), 'load-script-'));
  try {
    const versions = join(root, 'versions');
    mkdirSync(versions);
    writeFileSync(
      join(versions, 'aaaaaaaaaaaa.ts'),
      "import { t } from '@freshmaker/migrator';\nexport const revision = t.text().kind;",
    );
    symlinkSync(join(versions, 'aaaaaaaaaaaa.ts'), join(root, 'linked.ts'));
    symlinkSync(versions, join(root, 'folder'));
    expect((await loadScript(join(root, name))).revision).toBe('text');
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('a mistake in a script behind a link is told by its line alone', async () => {
  const root = mkdtempSync(join(tmpdir(), 'load-script-'));
  try {
    writeFileSync(join(root, 'script.ts'), '\nconst = 1;\n');
    symlinkSync(join(root, 'script.ts'), join(root, 'linked.ts'));
    await expect(loadScript(join(root, 'linked.ts'))).rejects.toThrow(
      /linked\.ts cannot be loaded: .* \(line 2\)\.$/,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
