// Part of the build: writes the list of commands, so that a run need not load every command to know its name and flags.
import { writeFileSync } from 'node:fs';
import { Config } from '@oclif/core';
import { loadOptions } from './dist/oclif-options.js';

const { rootPlugin } = await Config.load({ ...loadOptions(), ignoreManifest: true });
writeFileSync(new URL('oclif.manifest.json', import.meta.url), `${JSON.stringify(rootPlugin.manifest)}\n`);
