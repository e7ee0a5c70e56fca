import type { DatabaseContext, EventListener, ScriptLocations } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import { chooseDatabase } from '../configuration/choose-database.ts';
import type { ConfigurationFile } from '../configuration/configuration.ts';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { scriptLocations } from '../configuration/script-locations.ts';
import type { Output, OutputFlags } from '../render/output.ts';
import { ProgressReporter } from '../render/progress.ts';
import { createSpinner } from '../render/spinner.ts';
import { AddressDriver } from './address-driver.ts';
import { BaseCommand, outputFlags } from './base-command.ts';

/** What every `db` command takes. */
export const globalFlags = {
  ...outputFlags,
  'database-url': Flags.string({
    description: 'The database, such as sqlite:///file.db or postgresql://user@host/name.',
    helpValue: 'URL',
    helpGroup: 'GLOBAL',
    noCacheDefault: true,
  }),
  config: Flags.string({
    description: 'The configuration file; else freshmaker.config.{ts,mts,js,mjs,json} is looked for upwards.',
    helpValue: 'FILE',
    helpGroup: 'GLOBAL',
  }),
  directory: Flags.string({
    char: 'd',
    description: 'The migrations directory: the folder that holds versions/.',
    helpValue: 'DIR',
    helpGroup: 'GLOBAL',
  }),
};

export interface GlobalFlags extends OutputFlags {
  readonly 'database-url'?: string | undefined;
  readonly config?: string | undefined;
  readonly directory?: string | undefined;
}

/** All that a command is configured with. */
export interface Workspace {
  readonly file: ConfigurationFile | null;
  readonly scripts: ScriptLocations;
  readonly output: Output;
  readonly listener: EventListener;
  readonly progress: ProgressReporter;
  readonly signal: AbortSignal;
  /** The configured database, opened when it is first used. Reading this property fails where none is configured. */
  readonly driver: AddressDriver;
}

/** What the commands share that work on scripts or a database. */
export abstract class DatabaseCommand extends BaseCommand {
  static override baseFlags: typeof globalFlags = globalFlags;

  /** Reads the configuration, lends what it names to `work`, and closes what was opened, whatever happens. */
  protected async withWorkspace<Result>(
    flags: GlobalFlags,
    work: (workspace: Workspace & DatabaseContext) => Promise<Result>,
  ): Promise<Result> {
    const { invocation } = this;
    const file = await readConfiguration(flags.config, invocation);
    const output = this.output(flags);
    const spinner = output.isWatched ? await createSpinner(invocation.stderr) : null;
    const progress = new ProgressReporter(output, spinner);
    let driver: AddressDriver | undefined;
    try {
      return await work({
        file,
        output,
        scripts: await scriptLocations(flags.directory, file, invocation),
        listener: progress.listener,
        progress,
        signal: invocation.signal,
        get driver() {
          driver ??= new AddressDriver(chooseDatabase(flags['database-url'], file, invocation));
          return driver;
        },
      });
    } finally {
      progress.end();
      await driver?.close();
    }
  }
}
