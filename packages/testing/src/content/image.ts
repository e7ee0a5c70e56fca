import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pgliteVersion } from '../engines/pglite-instance.ts';
import { cacheDirectory } from './cache-directory.ts';
import { withFileLock } from './file-lock.ts';
import { presentRecipe, type SchemaRecipe } from './recipe.ts';
import { runBuild } from './run-build.ts';

/** Images nobody has used for so long are removed, in milliseconds. */
const lifetime = 7 * 24 * 60 * 60 * 1000;

type ImageEngine = 'sqlite' | 'pglite';

const images = new Map<string, Promise<Buffer>>();

/**
 * The bytes of a database that holds the schema of a recipe and no rows but those the migrations insert. Built once per
 * content and machine, read once per process.
 */
export function imageOf(engine: ImageEngine, recipe: SchemaRecipe): Promise<Buffer> {
  const name = nameOf(engine, recipe);
  let image = images.get(name);
  if (image === undefined) {
    image = readOrBuild(engine, recipe);
    images.set(name, image);
    image.catch(() => images.delete(name));
  }
  return image;
}

/** SQLite's files are the same in all versions; PGlite's are not. */
function nameOf(engine: ImageEngine, { hash }: SchemaRecipe): string {
  return engine === 'sqlite' ? `sqlite-${hash}` : `pglite-${pgliteVersion()}-${hash}`;
}

async function readOrBuild(engine: ImageEngine, recipe: SchemaRecipe): Promise<Buffer> {
  const path = join(cacheDirectory(), 'images', nameOf(engine, recipe));
  if (!existsSync(path)) {
    const isBuilt = await withFileLock(
      `images-${engine}`,
      async () => existsSync(path) || build(engine, recipe, path),
    );
    if (!isBuilt) return readOrBuild(engine, presentRecipe(recipe));
  }
  const now = new Date();
  utimesSync(path, now, now);
  return readFile(path);
}

/** @returns whether the image is there: not when the history has changed meanwhile. */
async function build(engine: ImageEngine, recipe: SchemaRecipe, path: string): Promise<boolean> {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  removeUnused(folder);
  const unfinished = join(folder, `unfinished-${process.pid}-${basename(path)}`);
  try {
    const isPresent = await runBuild({ recipe, target: { engine, path: unfinished } });
    if (isPresent) renameSync(unfinished, path);
    return isPresent;
  } finally {
    for (const rest of ['', '-journal', '-wal', '-shm']) rmSync(unfinished + rest, { force: true });
  }
}

function removeUnused(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (used !== undefined && used < Date.now() - lifetime) rmSync(path, { force: true });
  }
}
