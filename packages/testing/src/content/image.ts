import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';
import { withFileLock } from './file-lock.ts';
import type { SchemaRecipe } from './recipe.ts';
import { runBuild } from './run-build.ts';

/** Images nobody has used for so long are removed, in milliseconds. */
const lifetime = 7 * 24 * 60 * 60 * 1000;

const images = new Map<string, Promise<Buffer>>();

/**
 * The bytes of a database that holds the schema of a recipe and no rows but those the migrations insert. Built once per
 * content and machine, read once per process.
 */
export function imageOf(engine: 'sqlite' | 'pglite', recipe: SchemaRecipe): Promise<Buffer> {
  const name = `${engine}-${recipe.hash}`;
  let image = images.get(name);
  if (image === undefined) {
    image = readOrBuild(engine, name, recipe);
    images.set(name, image);
    image.catch(() => images.delete(name));
  }
  return image;
}

async function readOrBuild(engine: 'sqlite' | 'pglite', name: string, recipe: SchemaRecipe): Promise<Buffer> {
  const folder = join(cacheDirectory(), 'images');
  const path = join(folder, name);
  if (!existsSync(path)) {
    await withFileLock(`images-${engine}`, async () => {
      if (existsSync(path)) return;
      mkdirSync(folder, { recursive: true });
      removeUnused(folder);
      const unfinished = join(folder, `unfinished-${process.pid}-${name}`);
      rmSync(unfinished, { force: true });
      await runBuild({ recipe, target: { engine, path: unfinished } });
      renameSync(unfinished, path);
    });
  }
  const now = new Date();
  utimesSync(path, now, now);
  return readFile(path);
}

function removeUnused(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (used !== undefined && used < Date.now() - lifetime) rmSync(path, { force: true });
  }
}
