import { ConfigurationError, nearMisses } from '@freshmaker/migrator/engine';
import type { Errors } from '@oclif/core';
import { readComplaint } from './usage-complaints.ts';

/** What oclif's parser puts on its errors. */
interface ParseFailure {
  readonly flags?: readonly string[];
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, unknown>> } };
}

/** oclif's own complaint about a command line, as an error of ours: `USAGE_INVALID`. */
export function usageError(error: Errors.CLIError, argv: readonly string[]): ConfigurationError {
  const { flags: unknown = [], parse } = error as ParseFailure;
  const known = Object.keys(parse?.input?.flags ?? {}).map((name) => `--${name}`);
  const suggestions = unknown.flatMap((flag) => nearMisses(flag.split('=', 1)[0] ?? '', known));
  const command = argv.filter((word) => /^[a-z]+$/.test(word)).slice(0, argv[0] === 'db' ? 2 : 1);
  const help = `Type \`${[...command, '--help'].join(' ')}\` to see what the command takes.`;
  const { message, hint } = readComplaint(error.message);
  return new ConfigurationError('USAGE_INVALID', message, {
    hint: suggestions.length > 0 ? `Did you mean ${suggestions.join(' or ')}?` : (hint ?? help),
    cause: error,
    facts: suggestions.length > 0 ? { didYouMean: suggestions } : {},
  });
}
