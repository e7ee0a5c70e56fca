// Part of the build, and of the first run in a clone whose sources have changed: `node build.ts FOLDER` makes the program
// in FOLDER/dist, and FOLDER/oclif.manifest.json, the list of its commands.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Plugin } from '@oclif/core';
import * as esbuild from 'esbuild';
import { SHARED_MODULES } from '../src/shared-modules.ts';
import { bundleBetterSqlite3 } from './better-sqlite3.ts';
import { REQUIRE_BANNER, withBuiltinModules } from './builtin-modules.ts';
import { listEntities } from './entities.ts';
import { entryPoints } from './entry-points.ts';
import { loadLazily } from './lazy-requires.ts';
import { licenses } from './licenses.ts';
import { sourcesOf } from './sources.ts';

const packageRoot = join(import.meta.dirname, '..');

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
  const { metafile, outputFiles } = await esbuild.build({
    entryPoints: entryPoints(),
    absWorkingDir: packageRoot,
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.17',
    conditions: ['@freshmaker/source'],
    plugins: [leaveOutside, bundleBetterSqlite3, loadLazily, listEntities],
    sourcemap: true,
    sourcesContent: false,
    // MikroORM and oclif look at the names of classes.
    keepNames: true,
    // Half the time that a file takes is that of reading it. What stack traces show are the names, which stay.
    minifyWhitespace: true,
    // CommonJS libraries among the dependencies ask for others.
    banner: { js: REQUIRE_BANNER },
    // oclif would look at the version of Node, as `bin/run.js` has done.
    define: { 'process.env.OCLIF_DISABLE_ENGINE_WARNING': '"1"', 'performance.now': 'monotonicNow' },
    inject: [join(import.meta.dirname, 'monotonic-now.ts')],
    // Types are stripped here as Node does it, whatever a tsconfig.json says.
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  for (const { path, text, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, path.endsWith('.js') ? withBuiltinModules(text) : contents);
  }
  // For a clone, which makes the bundle again when one of them changes.
  if (folder !== packageRoot) writeFileSync(join(folder, 'sources'), sourcesOf(metafile).join('\n'));
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const notices = licenses(files.map((file) => join(packageRoot, file)));
  writeFileSync(join(folder, 'dist', 'third-party-licenses.txt'), notices);
}

async function writeManifest(folder: string): Promise<void> {
  const { pluginOptions } = await import(pathToFileURL(join(folder, 'dist', 'oclif-options.js')).href);
  const plugin = new Plugin(pluginOptions());
  await plugin.load();
  writeFileSync(join(folder, 'oclif.manifest.json'), `${JSON.stringify(plugin.manifest)}\n`);
}

/** Describes the models by the bundle itself, once for all commands that compare: MikroORM takes half of the time of each. */
async function keepModels(folder: string): Promise<void> {
  const load = (file: string) => import(pathToFileURL(join(folder, 'dist', 'configuration', file)).href);
  const [{ loadModels }, { KEPT_MODELS, modelsModule }] = await Promise.all(
    ['load-models.js', 'kept-models.js'].map(load),
  );
  const file = join(folder, 'dist', KEPT_MODELS);
  rmSync(file, { force: true });
  writeFileSync(file, modelsModule(await loadModels(null)));
}

const folder = resolve(process.argv[2] ?? packageRoot);
await bundle(folder);
await keepModels(folder);
if (!existsSync(join(folder, 'package.json')))
  copyFileSync(join(packageRoot, 'package.json'), join(folder, 'package.json'));
await writeManifest(folder);
