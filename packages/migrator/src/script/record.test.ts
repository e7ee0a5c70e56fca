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

test('an operation that comes when the function is over is no part of the revision, and an error where it is called', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'migrator-record-'));
  try {
    const path = join(folder, 'aaaa01_step.mjs');
    writeFileSync(
      path,
      `export function upgrade(op) {
        op.dropTable('a');
        globalThis.lateCall = new Promise(setImmediate).then(() => op.dropTable('t'));
      }`,
    );
    const operations = await record({ revision: 'aaaa01', path }, 'upgrade');
    await expect(Reflect.get(globalThis, 'lateCall')).rejects.toMatchObject({
      code: 'OPERATION_INVALID',
      message: 'dropTable was called when its revision had been recorded already.',
    });
    expect(operations).toEqual([{ kind: 'dropTable', table: 'a', allowDataLoss: false }]);
  } finally {
    Reflect.deleteProperty(globalThis, 'lateCall');
    rmSync(folder, { recursive: true });
  }
});
