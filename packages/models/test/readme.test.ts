import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const packageFolder = join(import.meta.dirname, '..');
const modules = join(packageFolder, '../../node_modules');

/** A project that has the packages of this workspace and nothing of its own. */
async function emptyProject(): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'freshmaker-readme-'));
  await mkdir(join(project, 'node_modules/@freshmaker'), { recursive: true });
  await symlink(packageFolder, join(project, 'node_modules/@freshmaker/models'));
  for (const name of await readdir(modules)) {
    if (name !== '@freshmaker' && !name.startsWith('.')) {
      await symlink(join(modules, name), join(project, 'node_modules', name));
    }
  }
  return project;
}

test('the first code block of the README is a program that runs as printed', async () => {
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  const [, program = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const project = await emptyProject();
  try {
    for (const file of ['program.mjs', 'program.ts']) {
      await writeFile(join(project, file), program);
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        ['--conditions=@freshmaker/source', file],
        { cwd: project, env: { PATH: process.env.PATH } },
      );
      expect(stderr).not.toMatch(/error/i);
      expect(stdout).toContain("message_id: 'message-1'");
      expect(stdout).toContain("requester: 'alice'");
      expect(stdout).toMatch(/builds: \[/);
    }
  } finally {
    await rm(project, { recursive: true });
  }
});
