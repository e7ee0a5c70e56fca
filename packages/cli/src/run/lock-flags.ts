import { ConfigurationError, type LockMode, type LockOptions } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import type { ConfigurationFile } from '../configuration/configuration.ts';

const MODES: readonly LockMode[] = ['wait', 'fail', 'skip'];
const DEFAULT_TIMEOUT_S = 60;

/** What commands take that change a database. */
export const lockFlags = {
  lock: Flags.option({ options: MODES })({
    description: 'What to do while another migrator is at work: wait for it, fail, or leave the work to it.',
  }),
  'lock-timeout': Flags.string({
    description: `The bound on all waiting for locks; default ${DEFAULT_TIMEOUT_S}.`,
    helpValue: 'SECONDS',
  }),
};

export interface LockFlags {
  readonly lock?: LockMode | undefined;
  readonly 'lock-timeout'?: string | undefined;
}

/**
 * How to deal with other migrators: as the flags say, else as the configuration file says.
 *
 * @throws ConfigurationError `USAGE_INVALID` for a time that is no number of seconds.
 */
export function lockOptions(flags: LockFlags, file: ConfigurationFile | null): LockOptions {
  const mode = flags.lock ?? file?.values.lock ?? 'wait';
  const text = flags['lock-timeout'];
  if (text === undefined) {
    return { mode, timeoutSeconds: file?.values.lockTimeout ?? DEFAULT_TIMEOUT_S };
  }
  const timeoutSeconds = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(timeoutSeconds) && timeoutSeconds >= 0) return { mode, timeoutSeconds };
  throw new ConfigurationError('USAGE_INVALID', `--lock-timeout takes seconds, not '${text}'.`, {
    hint: 'Type a number such as 30, or 0 not to wait.',
    facts: { flag: '--lock-timeout', value: text },
  });
}
