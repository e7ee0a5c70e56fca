// Part of the build, and of the first run in a clone whose sources have changed: `node build.ts FOLDER` makes the program
// in FOLDER/dist, and FOLDER/oclif.manifest.json, the list of its commands.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Plugin } from '@oclif/core';
import * as esbuild from 'esbuild';
import { SHARED_MODULES } from '../src/shared-modules.ts';
import { bundleBetterSqlite3 } from './better-sqlite3.ts';
import { listEntities } from './entities.ts';
import { entryPoints } from './entry-points.ts';
import { loadLazily } from './lazy-requires.ts';
import { licenses } from './licenses.ts';
import { asScript, moduleOf } from './script.ts';
import { sourcesOf } from './sources.ts';

const packageRoot = join(import.meta.dirname, '..');

/** The loader's function: what a script of the bundle exports. */
type Load = <Exports>(name: string) => Exports;

/**
 * What stays outside: pg's code for the machine and the compilers that oclif would use if they were there, the parts of
 * MikroORM that only some need, and the module that knows where Freshmaker's history is: beside itself.
 */
const outside = /^(pg-native|typescript|@mikro-orm\/.+|@freshmaker\/models\/migrations)$/;

const leaveOutside: esbuild.Plugin = {
  name: 'leave-outside',
  setup({ onResolve }) {
    onResolve({ filter: outside }, ({ path }) =>
      SHARED_MODULES.includes(path) ? undefined : { path, external: true },
    );
  },
};

async function bundle(folder: string): Promise<void> {
  const imported = entryPoints();
  const { metafile, outputFiles } = await esbuild.build({
    entryPoints: imported,
    absWorkingDir: packageRoot,
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.17',
    conditions: ['@freshmaker/source'],
    plugins: [leaveOutside, bundleBetterSqlite3, loadLazily, listEntities],
    sourcemap: 'inline',
    sourcesContent: false,
    // MikroORM and oclif look at the names of classes.
    keepNames: true,
    // Half the time that a file takes is that of reading it. What stack traces show are the names, which stay.
    minifyWhitespace: true,
    // oclif would look at the version of Node, as `bin/run.js` has done.
    define: { 'process.env.OCLIF_DISABLE_ENGINE_WARNING': '"1"', 'performance.now': 'monotonicNow' },
    inject: [join(import.meta.dirname, 'monotonic-now.ts')],
    // Types are stripped here as Node does it, whatever a tsconfig.json says.
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const dist = join(folder, 'dist');
  const codes = await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const name = relative(dist, path).slice(0, -'.js'.length);
      const { exports = [] } = metafile.outputs[relative(packageRoot, path)] ?? {};
      return writeScript(dist, name, text, name in imported ? exports : null);
    }),
  );
  await bundleLoader(dist, createHash('sha256').update(codes.join()).digest('hex').slice(0, 16));
  // For a clone, which makes the bundle again when one of them changes.
  if (folder !== packageRoot) writeFileSync(join(folder, 'sources'), sourcesOf(metafile).join('\n'));
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const notices = licenses(files.map((file) => join(packageRoot, file)));
  writeFileSync(join(dist, 'third-party-licenses.txt'), notices);
}

/**
 * Writes a file of the bundle as a script, and as a module where others import it.
 *
 * @param text of the file, as esbuild made it.
 * @param exports what others import of it; null where they do not.
 * @returns the script's code.
 */
async function writeScript(dist: string, name: string, text: string, exports: readonly string[] | null) {
  const file = join(dist, name);
  const { code, map } = await asScript(text, `${basename(name)}.cjs`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.cjs`, code);
  writeFileSync(`${file}.cjs.map`, map);
  if (exports !== null) writeFileSync(`${file}.js`, moduleOf(name, exports));
  return code;
}

/** @param id tells what is compiled of this bundle from what is compiled of others. */
async function bundleLoader(dist: string, id: string): Promise<void> {
  await esbuild.build({
    entryPoints: [join(import.meta.dirname, 'loader.ts')],
    outdir: dist,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.17',
    define: { BUNDLE: JSON.stringify(id) },
    tsconfigRaw: {},
    logLevel: 'error',
  });
}

async function writeManifest(folder: string, load: Load): Promise<void> {
  const { pluginOptions } = load<typeof import('../src/oclif-options.ts')>('oclif-options');
  const plugin = new Plugin(pluginOptions());
  await plugin.load();
  writeFileSync(join(folder, 'oclif.manifest.json'), `${JSON.stringify(plugin.manifest)}\n`);
}

/** Describes the models by the bundle itself, once for all commands that compare: MikroORM takes half of the time of each. */
async function keepModels(folder: string, load: Load): Promise<void> {
  const { loadModels } =
    load<typeof import('../src/configuration/load-models.ts')>('configuration/load-models');
  const { KEPT_MODELS, modelsModule } =
    load<typeof import('../src/configuration/kept-models.ts')>('configuration/kept-models');
  const file = join(folder, 'dist', KEPT_MODELS);
  rmSync(file, { force: true });
  writeFileSync(file, modelsModule(await loadModels(null)));
}

const folder = resolve(process.argv[2] ?? packageRoot);
await bundle(folder);
const { load } = await import(pathToFileURL(join(folder, 'dist', 'loader.js')).href);
await keepModels(folder, load);
if (!existsSync(join(folder, 'package.json')))
  copyFileSync(join(packageRoot, 'package.json'), join(folder, 'package.json'));
await writeManifest(folder, load);
