import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Interfaces, settings } from '@oclif/core';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * How oclif finds the commands: beside this file, be it the sources or what was built of them. The list that the build
 * writes (`oclif.manifest.json`) spares loading every command to know its name; for sources it would be stale.
 */
export function loadOptions(): Interfaces.LoadOptions {
  settings.enableAutoTranspile = false;
  const extension = extname(import.meta.url);
  const isSource = extension === '.ts';
  const folder = isSource ? './src' : './dist';
  const packageJson = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  return {
    root,
    ignoreManifest: isSource,
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
