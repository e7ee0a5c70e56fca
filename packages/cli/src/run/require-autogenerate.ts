import { ConfigurationError } from '@freshmaker/migrator/engine';
import { decisionFlags } from './script-flags.ts';
import { flagWithout } from './usage-complaints.ts';

/**
 * Refuses answers to questions that nobody asks.
 *
 * @throws ConfigurationError `USAGE_INVALID` for a flag that only means something with `--autogenerate`.
 */
export function requireAutogenerate(flags: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(decisionFlags).find((name) => flags[name] !== undefined);
  if (given === undefined) return;
  const { message, hint } = flagWithout(`--${given}`, '--autogenerate');
  throw new ConfigurationError('USAGE_INVALID', message, { hint, facts: { flag: `--${given}` } });
}
