import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config, type Interfaces, Plugin, settings } from '@oclif/core';
import { ListedPlugin } from './listed-plugin.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const extension = extname(import.meta.url);
const isSource = extension === '.ts';

/** Where oclif finds the commands: beside this file, be it the sources or what was built of them. */
export function pluginOptions(): Interfaces.PluginOptions {
  settings.enableAutoTranspile = false;
  const folder = isSource ? './src' : './dist';
  const packageJson = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  return {
    root,
    isRoot: true,
    ignoreManifest: true,
    // Else a command that cannot be loaded would be told as a warning, and be missing.
    errorOnManifestCreate: true,
    pjson: {
      ...packageJson,
      oclif: {
        ...packageJson.oclif,
        commands: {
          strategy: 'pattern',
          target: `${folder}/commands`,
          globPatterns: [`**/*${extension}`, '!**/*.test.ts', '!**/*.d.ts'],
        },
        hooks: { command_not_found: `${folder}/run/command-not-found${extension}` },
      },
    },
  };
}

/**
 * What oclif needs to run a command line. What was built has a list of the commands (`oclif.manifest.json`), which spares
 * loading every one to know its name; for sources it would be stale.
 */
export async function loadOptions(): Promise<Interfaces.LoadOptions> {
  // A person's own colours for the help are nothing this program speaks of, and looking for them takes long.
  Config.prototype.loadTheme = async () => undefined;
  const options = pluginOptions();
  const plugin = isSource ? new Plugin(options) : new ListedPlugin(options);
  await plugin.load();
  const plugins = new Map([[plugin.name, plugin]]);
  return { root, pjson: options.pjson, plugins, ...(process.env.DEBUG ? {} : { logger: silentLogger }) };
}

const say = () => undefined;

/** What oclif tells with `DEBUG=*`, which nobody asks for. */
const silentLogger: Interfaces.Logger = {
  namespace: 'oclif',
  child: () => silentLogger,
  debug: say,
  error: say,
  info: say,
  trace: say,
  warn: say,
};
