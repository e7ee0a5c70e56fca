import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The commands of a document below a heading, without their comments. */
function commandsOf(document: string, heading: string, program: string): readonly string[] {
  const [, part = ''] = readFileSync(join(root, document), 'utf8').split(`## ${heading}\n`);
  const [, block = ''] = /```sh\n([\s\S]*?)```/.exec(part) ?? [];
  return block
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, ''))
    .map((line) => {
      if (!line.startsWith(`${program} `))
        throw new Error(`${document} prints ${line}, which is not tested.`);
      return line.slice(program.length + 1);
    });
}

test('what the README shows of daily work works, typed in that order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'daily-work-'));
  try {
    const commands = ['createdb', ...commandsOf('README.md', 'Daily work', './manager')];
    expect(commands).toContain('db downgrade -1');
    const results = commands.map((command) => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [join(root, 'node_modules/.bin/freshmaker'), ...command.split(' ')],
        { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, NODE_ENV: 'development' } },
      );
      return { command, status, error: /^Error.*/m.exec(stderr)?.[0] };
    });
    expect(results).toEqual(commands.map((command) => ({ command, status: 0, error: undefined })));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
