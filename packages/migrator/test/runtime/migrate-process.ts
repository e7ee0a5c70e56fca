import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MigrateOptions } from '../../src/commands/upgrade.ts';
import type { DatabaseSettings } from '../../src/runtime/open-driver.ts';

/** What a process of its own is told to do. */
export interface Order {
  readonly settings: DatabaseSettings;
  readonly directory: string;
  readonly command?: 'upgrade' | 'downgrade';
  readonly target?: string;
  readonly options?: MigrateOptions;
  /** Kill the process, as `kill -9` does, before the statement of this number that may change something. */
  readonly killAt?: number;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: string | null;
  /** What the process printed last, as JSON: a result, or an error as `MigratorError.toJSON` gives it. */
  readonly result?: {
    readonly applied: readonly { readonly revision: string }[];
    readonly current: readonly string[];
  };
  /** How many statements it has run that may change something. */
  readonly boundaries?: number;
  readonly error?: { readonly code: string; readonly message: string; readonly [fact: string]: unknown };
  /** Everything else it printed. */
  readonly output: string;
}

const program = fileURLToPath(new URL('migrate-program.ts', import.meta.url));

/** Halves what starting a process costs, and there are many. */
const compileCache = fileURLToPath(
  new URL('../../../../node_modules/.cache/migrator-tests', import.meta.url),
);

/** Starts a process that migrates with the engine from source. */
export function startProcess(
  order: Order,
  spawnOptions: {
    readonly uid?: number;
    readonly wrap?: (command: readonly string[]) => readonly string[];
  } = {},
): { readonly child: ChildProcess; readonly ended: Promise<Outcome>; said(text: string): Promise<void> } {
  const plain = [process.execPath, '--conditions=@freshmaker/source', program, JSON.stringify(order)];
  const [file = '', ...args] = spawnOptions.wrap?.(plain) ?? plain;
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: compileCache },
    ...(spawnOptions.uid === undefined ? {} : { uid: spawnOptions.uid }),
  });
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const check of waiting) check();
    });
  }
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const last = output.trimEnd().split('\n').at(-1) ?? '';
      const document = last.startsWith('{') ? JSON.parse(last) : {};
      resolve({ code, signal, output, ...document });
    });
  });
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (output.includes(text)) resolve();
      };
      waiting.add(check);
      check();
      ended.then(({ output: all }) => reject(new Error(`It ended without saying ${text}:\n${all}`)), reject);
    });
  return { child, ended, said };
}

export function migrateInProcess(order: Order): Promise<Outcome> {
  return startProcess(order).ended;
}
