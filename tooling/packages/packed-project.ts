import { execFile } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');
/** Far more than any command needs, in milliseconds. */
const timeout = 300_000;

/** How a command is run, and what it is to come to. */
export interface RunOptions {
  /** Below the folder of the project. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The exit code. Default: 0. */
  readonly status?: number;
  /** A part of what is written. */
  readonly prints?: string;
}

/** A folder outside this repository, with all that is installed and started there; goes with everything in it. */
export class PackedProject implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'freshmaker-packed-'));

  constructor() {
    // A temporary directory of its own: nothing is built before, and its PostgreSQL server is no other tests'.
    mkdirSync(join(this.folder, 'tmp'));
  }

  /** This process's Node.js comes first; nothing of this repository's own set-up reaches the project. */
  get #environment(): NodeJS.ProcessEnv {
    const foreign =
      /^(NODE_(OPTIONS|ENV)$|npm_(?!config_)|npm_config_.*prefix$|INIT_CWD$|CI$|JEST_|FRESHMAKER_|DATABASE_URL$)/;
    const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
    return {
      ...Object.fromEntries(own),
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      TMPDIR: join(this.folder, 'tmp'),
    };
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Lets a folder use what is installed in another one. */
  shareModules(from: string, to: string): void {
    mkdirSync(join(this.folder, to));
    symlinkSync(join('..', from, 'node_modules'), join(this.folder, to, 'node_modules'));
  }

  /**
   * Runs a shell command.
   *
   * @returns what it wrote.
   * @throws when it does not come to what it is to, with what it wrote.
   */
  async run(title: string, command: string, options: RunOptions = {}): Promise<string> {
    const { cwd = '.', env = {}, status = 0, prints = '' } = options;
    const started = performance.now();
    const ended = await promisify(execFile)('/bin/sh', ['-ec', command], {
      cwd: join(this.folder, cwd),
      env: { ...this.#environment, ...env },
      timeout,
      maxBuffer: 2 ** 26,
    }).then(
      (output) => ({ ...output, code: 0, message: '' }),
      (error: Error & { code: unknown; stdout: string; stderr: string }) => error,
    );
    const written = ended.stdout + ended.stderr;
    if (ended.code !== status || !written.includes(prints)) {
      const settings = Object.entries(env).map(([name, value]) => `${name}=${value} `);
      const wanted = `${status}${prints && ` and print ${prints}`}`;
      throw new Error(
        `${title}: it was to exit with ${wanted}, and exited with ${ended.code}.\n$ ${settings.join('')}${command}\n${
          written.trim() || ended.message
        }`,
      );
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${title} (${seconds} s)\n`);
    return written;
  }

  /** Packs a package of this repository as it would be published; returns the tarball's path. */
  async pack(name: string): Promise<string> {
    const output = await this.run(
      `Pack ${name}`,
      `cd '${join(root, 'packages', name)}' && npm pack --ignore-scripts --silent --pack-destination '${this.folder}'`,
    );
    return join(this.folder, basename(output.trim().split('\n').at(-1) as string));
  }

  /** @throws naming the processes that are still there, long after the last command has ended. */
  async requireNothingRunning(): Promise<void> {
    let running = this.#processes();
    for (let tries = 0; tries < 200 && running.length > 0; tries += 1) {
      await sleep(100);
      running = this.#processes();
    }
    if (running.length > 0) throw new Error(`These processes were left behind:\n${running.join('\n')}`);
  }

  /** The command lines that name the folder. */
  #processes(): string[] {
    return globSync('/proc/[0-9]*/cmdline')
      .map((path) => (existsSync(path) ? commandLine(path) : ''))
      .filter((line) => line.includes(this.folder));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.folder, { recursive: true, maxRetries: 3 });
  }
}

/** Empty for a process that has just ended. */
function commandLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', ' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
