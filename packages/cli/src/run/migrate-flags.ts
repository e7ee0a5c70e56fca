import { isProduction, type MigrateOptions } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import type { ConfigurationFile } from '../configuration/configuration.ts';
import type { Invocation } from '../invocation.ts';
import { type LockFlags, lockFlags, lockOptions } from './lock-flags.ts';

/** What commands take that run revisions. */
export const migrateFlags = {
  ...lockFlags,
  'allow-data-loss': Flags.boolean({
    description: 'In production: go on though rows or values are destroyed.',
  }),
  'no-backup': Flags.boolean({
    description: 'Do not copy a SQLite file before something in it is destroyed.',
  }),
};

export interface MigrateFlags extends LockFlags {
  readonly 'allow-data-loss': boolean;
  readonly 'no-backup': boolean;
}

export function migrateOptions(
  flags: MigrateFlags,
  file: ConfigurationFile | null,
  { env }: Invocation,
): MigrateOptions {
  return {
    lock: lockOptions(flags, file),
    allowDataLoss: flags['allow-data-loss'],
    backup: !flags['no-backup'],
    production: isProduction(env),
  };
}
