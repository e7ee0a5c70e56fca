import { ConfigurationError } from '@freshmaker/migrator/engine';
import { autogenerateFlags } from './script-flags.ts';
import { flagWithout } from './usage-complaints.ts';

/**
 * Refuses what says how to autogenerate where nothing is.
 *
 * @throws ConfigurationError `USAGE_INVALID` for a flag that only means something with `--autogenerate`.
 */
export function requireAutogenerate(flags: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(autogenerateFlags).find((name) => flags[name] !== undefined);
  if (given === undefined) return;
  const { message, hint } = flagWithout(`--${given}`, '--autogenerate');
  throw new ConfigurationError('USAGE_INVALID', message, { hint, facts: { flag: `--${given}` } });
}
