import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = fileURLToPath(new URL('build.ts', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'freshmaker');
/** Names the newest bundle, in its first line, and below it the files it was made of. */
const record = join(cache, 'newest');

/** All that a bundle is made of, where Node finds it. */
const INPUTS = [
  'packages/cli/bundle',
  'packages/cli/package.json',
  'packages/cli/src',
  'node_modules/@freshmaker/migrator/package.json',
  'node_modules/@freshmaker/migrator/src',
  'node_modules/@freshmaker/models/package.json',
  'node_modules/@freshmaker/models/src',
  'node_modules/.package-lock.json',
  'package-lock.json',
];

/** Two changes within this time may give a file the same times, in milliseconds. */
const SETTLED_AFTER = 100;

/** How many bundles stay: a run that goes on may load more of the one it began with. */
const KEPT = 20;

/**
 * Finds the bundle of this clone's sources as they are now, or builds it.
 *
 * They are compared by names, sizes and the times of the last change to each file's status, which comes with every change
 * and which no program can set: what `git checkout`, `touch` or `rsync` leave is something new, be the files older.
 *
 * @returns the folder; null where there is no bundle and none can be made. The sources run then, and tell what is wrong.
 */
export function bundleOfClone() {
  let changed = 0;
  const sources = INPUTS.flatMap(filesOf).map((file) => {
    const { size, ctimeMs } = statSync(join(root, file));
    changed = Math.max(changed, ctimeMs);
    return `${file} ${size} ${ctimeMs}`;
  });
  const listing = sources.join('\n');
  const newest = readNewest();
  if (newest?.listing === listing) return newest.folder;
  const age = Date.now() - changed;
  if (age >= 0 && age < SETTLED_AFTER) return null;
  return build(listing);
}

/** The files at or below a path of the clone; none where it is missing. */
function filesOf(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesOf(below);
    return entry.name.endsWith('.test.ts') ? [] : [below];
  });
}

function readNewest() {
  if (!existsSync(record)) return null;
  const text = readFileSync(record, 'utf8');
  const end = text.indexOf('\n');
  const folder = join(cache, text.slice(0, end));
  return existsSync(folder) ? { folder, listing: text.slice(end + 1) } : null;
}

/** Builds in a folder of its own, and names it when it is whole: many may do so at once, and any may be killed. */
function build(listing) {
  const name = `${Date.now()}-${process.pid}`;
  const folder = join(cache, name);
  try {
    mkdirSync(folder, { recursive: true });
    removeOld();
    runBuild(folder);
    writeFileSync(`${folder}/newest`, `${name}\n${listing}`);
    renameSync(`${folder}/newest`, record);
    return folder;
  } catch (error) {
    if (process.env.DEBUG) process.stderr.write(`The sources run as they are: ${error.message}\n`);
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
}

function runBuild(folder) {
  // Loaded here: it takes longer than all the rest of this file.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  // Node 22 warns that it strips types.
  const { status, error, stderr } = spawnSync(process.execPath, ['--no-warnings', program, folder], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
}

function removeOld() {
  const bundles = readdirSync(cache).filter((name) => /^\d+-\d+$/.test(name));
  for (const name of bundles.sort().slice(0, -KEPT))
    rmSync(join(cache, name), { recursive: true, force: true });
}
