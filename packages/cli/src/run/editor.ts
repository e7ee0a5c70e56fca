import { spawn } from 'node:child_process';
import { ConfigurationError } from '@freshmaker/migrator/engine';
import type { Invocation } from '../invocation.ts';

/**
 * Opens a file in the editor of `$VISUAL` or `$EDITOR` (which may have arguments) and waits until it is closed.
 *
 * @throws ConfigurationError `USAGE_INVALID` when there is none, when it cannot be started, or when it fails.
 */
export async function openEditor(path: string, { env, cwd }: Invocation): Promise<void> {
  const command = env.VISUAL || env.EDITOR;
  if (!command) {
    throw new ConfigurationError('USAGE_INVALID', 'There is no editor: neither VISUAL nor EDITOR is set.', {
      hint: `Set one, for example EDITOR=vi, or open ${path} yourself.`,
      facts: { path },
    });
  }
  const outcome = await run(command, path, { env, cwd });
  if (outcome === 0) return;
  throw new ConfigurationError('USAGE_INVALID', `The editor \`${command}\` failed: ${outcome}.`, {
    hint: 'Set VISUAL or EDITOR to a command that opens a file and waits until it is closed.',
    facts: { editor: command, path },
  });
}

/** @returns 0, or what went wrong. */
function run(
  command: string,
  path: string,
  { env, cwd }: Pick<Invocation, 'env' | 'cwd'>,
): Promise<0 | string> {
  return new Promise((resolve) => {
    // Through a shell, since the variable may hold arguments; the path is handed over beside the text of the command.
    const child =
      process.platform === 'win32'
        ? spawn(`${command} "${path}"`, { stdio: 'inherit', env: { ...env }, cwd, shell: true })
        : spawn('/bin/sh', ['-c', `${command} "$1"`, 'edit', path], {
            stdio: 'inherit',
            env: { ...env },
            cwd,
          });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? 0 : signal ? `it was ended by ${signal}` : `exit code ${code}`),
    );
  });
}
