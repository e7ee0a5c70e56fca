import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A command line as a person would type it. */
export interface Command {
  /** The program and its arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandRun {
  readonly seconds: number;
  /** The most memory the process had at once (resident), in MB; null where the system does not tell. */
  readonly peakMegabytes: number | null;
  /** False when it was ended because it took longer than the limit. */
  readonly ended: boolean;
  readonly stdout: string;
}

/** How often a process is asked for its peak, in milliseconds. It only ever rises, so what is missed is its last growth. */
const MEMORY_EVERY_MS = 5;

/**
 * Runs a command in a process of its own, from its start to its end.
 *
 * @param limitSeconds after which it is ended.
 * @throws Error with what it wrote to standard error, when it fails.
 */
export async function runCommand({ argv, cwd, env }: Command, limitSeconds: number): Promise<CommandRun> {
  const { NODE_OPTIONS: _, ...own } = process.env;
  const output = { stdout: '', stderr: '' };
  let peakMegabytes: number | null = null;
  const started = performance.now();
  const child = spawn(argv[0], argv.slice(1), {
    cwd,
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  const watch = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes ?? 0, peakOf(child.pid) ?? 0) || null;
  }, MEMORY_EVERY_MS);
  const limit = setTimeout(() => child.kill('SIGKILL'), limitSeconds * 1000);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let seconds = 0;
  let ended = true;
  child.once('error', reject);
  child.once('exit', (_code, signal) => {
    seconds = (performance.now() - started) / 1000;
    ended = signal !== 'SIGKILL';
  });
  child.once('close', (code) => {
    if (!ended || code === 0) resolve();
    else reject(new Error(`${argv.join(' ')} ended with ${code}:\n${output.stderr || output.stdout}`));
  });
  try {
    await promise;
  } finally {
    clearInterval(watch);
    clearTimeout(limit);
  }
  return { seconds, peakMegabytes, ended, stdout: output.stdout };
}

/** Source: proc(5), VmHWM. It is that of the program the process runs, not of the one it was forked from. */
function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null; // It has ended, or the system has no such file.
  }
}
