// Part of the build, and of the first run in a clone whose sources have changed: `node build.ts FOLDER` makes the program
// in FOLDER/dist, and FOLDER/oclif.manifest.json, the list of its commands.
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Plugin } from '@oclif/core';
import * as esbuild from 'esbuild';
import { SHARED_MODULES } from '../src/shared-modules.ts';
import { entryPoints } from './entry-points.ts';
import { licenses } from './licenses.ts';

const packageRoot = join(import.meta.dirname, '..');

/**
 * What stays outside: code for the machine, compilers that oclif would use if they were there, the parts of MikroORM that
 * only some need, and the models, which find their entities by reading a folder.
 */
const outside = /^(better-sqlite3|pg-native|typescript|@mikro-orm\/.+|@freshmaker\/models(\/options)?)$/;

const leaveOutside: esbuild.Plugin = {
  name: 'leave-outside',
  setup({ onResolve }) {
    onResolve({ filter: outside }, ({ path }) =>
      SHARED_MODULES.includes(path) ? undefined : { path, external: true },
    );
  },
};

async function bundle(folder: string): Promise<void> {
  const { metafile } = await esbuild.build({
    entryPoints: entryPoints(),
    absWorkingDir: packageRoot,
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.17',
    conditions: ['@freshmaker/source'],
    plugins: [leaveOutside],
    sourcemap: true,
    sourcesContent: false,
    // MikroORM and oclif look at the names of classes.
    keepNames: true,
    // CommonJS libraries among the dependencies ask for modules of Node.
    banner: {
      js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);",
    },
    metafile: true,
    logLevel: 'error',
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const notices = licenses(files.map((file) => join(packageRoot, file)));
  writeFileSync(join(folder, 'dist', 'third-party-licenses.txt'), notices);
}

async function writeManifest(folder: string): Promise<void> {
  const { loadOptions } = await import(pathToFileURL(join(folder, 'dist', 'oclif-options.js')).href);
  const plugin = new Plugin({ ...loadOptions(), ignoreManifest: true });
  await plugin.load();
  writeFileSync(join(folder, 'oclif.manifest.json'), `${JSON.stringify(plugin.manifest)}\n`);
}

const folder = resolve(process.argv[2] ?? packageRoot);
await bundle(folder);
if (!existsSync(join(folder, 'package.json')))
  copyFileSync(join(packageRoot, 'package.json'), join(folder, 'package.json'));
await writeManifest(folder);
