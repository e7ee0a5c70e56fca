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

const root = join(import.meta.dirname, '..', '..', '..', '..');
/** Far more than any command needs, in milliseconds. */
const timeout = 300_000;

/** A folder outside this repository, with all that is installed and started there; goes with everything in it. */
export class PackedProject implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'freshmaker-packed-'));

  constructor() {
    // A temporary directory of its own: nothing is built before, and its PostgreSQL server is no other tests'.
    mkdirSync(join(this.folder, 'tmp'));
  }

  /** This process's Node.js comes first; nothing of this repository's own set-up reaches the project. */
  get #environment(): NodeJS.ProcessEnv {
    const foreign = /^(NODE_OPTIONS$|npm_(?!config_)|npm_config_.*prefix$|INIT_CWD$|CI$|JEST_|FRESHMAKER_)/;
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
   * @throws when it fails, with what it wrote.
   */
  async run(
    title: string,
    command: string,
    { cwd = '.', env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<string> {
    const started = performance.now();
    const settings = Object.entries(env).map(([name, value]) => `${name}=${value} `);
    try {
      const { stdout, stderr } = await promisify(execFile)('/bin/sh', ['-ec', command], {
        cwd: join(this.folder, cwd),
        env: { ...this.#environment, ...env },
        timeout,
        maxBuffer: 2 ** 26,
      });
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${title} (${seconds} s)\n`);
      return stdout + stderr;
    } catch (cause) {
      const { stdout = '', stderr = '', message } = cause as Error & { stdout?: string; stderr?: string };
      const written = [stdout, stderr, stdout + stderr === '' ? message : ''].join('').trim();
      throw new Error(`${title}: failed.\n$ ${settings.join('')}${command}\n${written}`, { cause });
    }
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
