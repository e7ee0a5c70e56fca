import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
