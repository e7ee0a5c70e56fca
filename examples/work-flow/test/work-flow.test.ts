import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = fileURLToPath(new URL('..', import.meta.url));

test('the work flow runs as it is written, and leaves nothing behind', async () => {
  const { stdout, stderr } = await promisify(execFile)('sh', ['work-flow.sh'], {
    cwd: folder,
    env: { HOME: process.env.HOME, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` },
  });
  const lines = stdout.trimEnd().split('\n');
  const ids = lines.flatMap(
    (line) => /^Applied 1 revision: the database is at (\w+)\.$/.exec(line)?.[1] ?? [],
  );
  const [notes, why] = ids;
  expect(ids).toHaveLength(2);
  expect(lines).toEqual(
    expect.arrayContaining([
      'fcba8824bf8d (head)',
      '  createTable notes',
      'Up to date: the scripts make what the models say.',
      '    Add notes to events',
      'event 2: failed',
      'Up to date: the database is what the models say.',
      'Reverted 2 revisions: the database is at fcba8824bf8d.',
      `${notes} -> ${why} (head), Note why events failed`,
      `fcba8824bf8d -> ${notes}, Add notes to events`,
      '2358b6f55f24 -> fcba8824bf8d (current), Add bundle_pullspec_overrides to artifact_builds',
    ]),
  );
  expect(stderr.trimEnd().split('\n')).toEqual([
    `Running upgrade fcba8824bf8d -> ${notes}, Add notes to events`,
    `Running upgrade ${notes} -> ${why}, Note why events failed`,
    `Running downgrade ${why} -> ${notes}, Note why events failed`,
    `Running downgrade ${notes} -> fcba8824bf8d, Add notes to events`,
  ]);
  expect(existsSync(`${folder}work`)).toBe(false);
}, 120_000);
