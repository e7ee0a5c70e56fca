import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operation } from '../../src/operations/operation.ts';
import { nodeOf } from '../../src/revision/revision-map.ts';
import { record } from '../../src/script/record.ts';
import { readHistory } from '../../src/script/script-directory.ts';

/** What the functions of a script record that is written to a file and read again. */
export async function scriptOperations(
  text: string,
): Promise<{ upgrade: readonly Operation[]; downgrade: readonly Operation[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'script-'));
  try {
    mkdirSync(join(directory, 'versions'));
    writeFileSync(join(directory, 'versions', 'script.ts'), text);
    const map = await readHistory({ directory });
    const { revision } = nodeOf(map, map.order[0] ?? '');
    return { upgrade: await record(revision, 'upgrade'), downgrade: await record(revision, 'downgrade') };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
