import { MigratorError } from '@freshmaker/migrator/engine';
import { Errors } from '@oclif/core';
import { secretsOf } from '../configuration/secrets.ts';
import type { Invocation } from '../invocation.ts';
import { usageError } from '../run/usage-error.ts';
import { nameProgram } from './program-name.ts';
import { scrub } from './scrub.ts';
import { styleFor } from './style.ts';

/** What an error looks like from outside; `MigratorError.toJSON` gives the same shape. */
interface ErrorDocument {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly [fact: string]: unknown;
}

const LOAD_FAILURES: ReadonlySet<unknown> = new Set([
  'ERR_BUNDLE_NOT_LOADED',
  'ERR_MODULE_NOT_FOUND',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
]);

const EXIT_ERROR = 2;
const EXIT_INTERRUPTED = 130;

/**
 * Tells a person, or with `--json` a program, what went wrong. No password and, unless asked for, no stack trace.
 *
 * @throws the error itself where a part of the program could not be loaded: that is told by what rests on none.
 */
export function reportError(error: unknown, argv: readonly string[], invocation: Invocation): number {
  if (isLoadFailure(error)) throw error;
  const secrets = secretsOf(argv, invocation);
  const found = documentOf(error, argv);
  const hint = found.hint === undefined ? {} : { hint: nameProgram(found.hint, invocation) };
  const document = scrub({ ...found, ...hint }, secrets) as ErrorDocument;
  if (asksForJson(argv)) {
    invocation.stdout.write(`${JSON.stringify({ error: document }, null, 2)}\n`);
  } else {
    const advice = document.hint === undefined ? '' : `Hint: ${document.hint}\n`;
    const { error: red, faint } = styleFor(invocation.stderr, invocation);
    invocation.stderr.write(`${red(`Error [${document.code}]:`)} ${document.message}\n${faint(advice)}`);
    if (asksForStack(argv, invocation)) invocation.stderr.write(`${scrub(stackOf(error), secrets)}\n`);
  }
  return document.code === 'INTERRUPTED' ? EXIT_INTERRUPTED : EXIT_ERROR;
}

/** Modules of a person's own that cannot be loaded have become errors with codes of ours long before. */
function isLoadFailure(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return error instanceof Error && LOAD_FAILURES.has(code);
}

const interruption: ErrorDocument = {
  code: 'INTERRUPTED',
  message: 'Interrupted: what was not finished is rolled back.',
};

/** Tells that a signal ended the run. */
export function reportInterrupt(argv: readonly string[], { stdout, stderr }: Invocation): void {
  if (asksForJson(argv)) stdout.write(`${JSON.stringify({ error: interruption }, null, 2)}\n`);
  else stderr.write(`\nError [${interruption.code}]: ${interruption.message}\n`);
}

function documentOf(error: unknown, argv: readonly string[]): ErrorDocument {
  const known = error instanceof Errors.CLIError ? usageError(error, argv) : error;
  if (known instanceof MigratorError) return known.toJSON() as unknown as ErrorDocument;
  // How the library of prompts tells that Ctrl-C was pressed.
  if (known instanceof Error && known.name === 'ExitPromptError') return interruption;
  return {
    code: 'INTERNAL_ERROR',
    message: known instanceof Error ? known.message : String(known),
    hint: 'This is a defect of the program. Run the command again with DEBUG=1 to see where it happened, and report it.',
  };
}

/** Whether an argument before `--` asks for JSON; known even where the arguments cannot be parsed. */
function asksForJson(argv: readonly string[]): boolean {
  return beforeDashes(argv).includes('--json');
}

function asksForStack(argv: readonly string[], { env }: Invocation): boolean {
  const verbosity = beforeDashes(argv).reduce((sum, argument) => {
    if (argument === '--verbose') return sum + 1;
    return sum + (/^-v+$/.test(argument) ? argument.length - 1 : 0);
  }, 0);
  return verbosity > 1 || (env.DEBUG ?? '') !== '';
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}

function stackOf(error: unknown): string {
  const stacks: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) stacks.push(each.stack ?? String(each));
  return stacks.join('\nCaused by: ');
}
