import { AsyncLocalStorage } from 'node:async_hooks';

/** A stream that text is written to; a terminal says so. */
export interface TextOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What one run of the program may see of the process it runs in, so that many can run in one process. */
export interface Invocation {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** An absolute path: where relative paths of arguments start. */
  readonly cwd: string;
  /** A function, because a process that looks at its standard input begins to read it. */
  readonly stdin: () => NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Texts that no output may hold: passwords met while the configuration was read. */
  readonly secrets: Set<string>;
  /** Aborted when the person, or the system, asks for the end of the run. */
  readonly signal: AbortSignal;
}

const storage = new AsyncLocalStorage<Invocation>();

/** The invocation of this process. */
export function processInvocation(): Invocation {
  const { env, stdout, stderr } = process;
  const { signal } = new AbortController();
  return { env, cwd: process.cwd(), stdin: () => process.stdin, stdout, stderr, secrets: new Set(), signal };
}

export function withInvocation<Result>(invocation: Invocation, work: () => Promise<Result>): Promise<Result> {
  return storage.run(invocation, work);
}

/** The invocation that is going on: oclif makes the commands, so it cannot be handed to them. */
export function currentInvocation(): Invocation {
  return storage.getStore() ?? processInvocation();
}
