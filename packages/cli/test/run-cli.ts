import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from '../src/main.ts';

/** What a run of the program left. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Make the program believe that a person is watching. */
  readonly isTTY?: boolean;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process: fast, and with nothing of the process's own environment. */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { env = {}, cwd = tmpdir(), isTTY = false, signal = new AbortController().signal } = options;
  const texts = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof texts) => ({
    isTTY,
    columns: 100,
    write: (text: string) => {
      texts[name] += text;
    },
  });
  const code = await main(argv, {
    env,
    cwd,
    stdin: () => new PassThrough(),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    secrets: new Set(),
    signal,
  });
  return { code, ...texts };
}

/** The same, with the JSON document of `--json`; fails when anything else is on standard output. */
export async function runJson<Document>(
  argv: readonly string[],
  options: RunOptions = {},
): Promise<Outcome & { readonly document: Document }> {
  const outcome = await runCli([...argv, '--json'], options);
  return { ...outcome, document: JSON.parse(outcome.stdout) as Document };
}

export const binary = fileURLToPath(new URL('../bin/run.js', import.meta.url));

/** A run that goes on. */
export interface Started {
  readonly outcome: Promise<Outcome>;
  /** Waits for a text on standard error. */
  says(text: string): Promise<void>;
}

/** Starts a command line as a process of its own. */
export function startProcess(argv: readonly string[]): Started {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [binary, ...argv], {
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (texts.stdout += text));
  child.stderr.on('data', (text) => (texts.stderr += text));
  const outcome = new Promise<Outcome>((resolve) => {
    child.once('close', (code) => resolve({ code, ...texts }));
  });
  return {
    outcome,
    async says(text) {
      const ended = outcome.then(() => 'ended');
      while (!texts.stderr.includes(text)) {
        const heard = new Promise((resolve) => child.stderr.once('data', resolve));
        if ((await Promise.race([heard, ended])) === 'ended') throw new Error(`It ended: ${texts.stderr}`);
      }
    },
  };
}

/** Runs a command line as a process of its own. */
export function runProcess(
  argv: readonly string[],
  options: RunOptions & { readonly node?: string; readonly program?: string } = {},
): Promise<Outcome> {
  const { env = {}, cwd = tmpdir(), node = process.execPath, program = binary } = options;
  return new Promise((resolve) => {
    const child = execFile(
      node,
      [program, ...argv],
      { cwd, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/** A folder of a test's own, removed when the test ends. */
export function temporaryFolder(): Disposable & { readonly path: string; file(name: string): string } {
  const path = mkdtempSync(join(tmpdir(), 'freshmaker-cli-'));
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
