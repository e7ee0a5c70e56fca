import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { record } from './record.ts';

test('what a script gives wrongly to an operation is told with the script, the operation and the argument', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'migrator-record-'));
  try {
    const path = join(folder, 'aaaa01_step.mjs');
    writeFileSync(path, "export function upgrade(op) { op.createTableComment('t', 5); }");
    await expect(record({ revision: 'aaaa01', path }, 'upgrade')).rejects.toMatchObject({
      code: 'SCRIPT_INVALID',
      message:
        'The upgrade of revision aaaa01 cannot be recorded: createTableComment: "comment" is 5 and must be a text.',
      facts: { revision: 'aaaa01', path, operation: 'createTableComment', argument: 'comment' },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
