// Not imported: an import of a module of Node loads more of Node than all of this needs.
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } =
  process.getBuiltinModule('node:fs');
const { fileURLToPath } = process.getBuiltinModule('node:url');

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = fileURLToPath(new URL('build.ts', import.meta.url));
const cache = `${root}node_modules/.cache/freshmaker`;
/** Names the newest bundle, in its first line, and below it the files it was made of, with their state. */
const record = `${cache}/newest`;

/** Two changes within this time may give a file the same times, in milliseconds. */
const SETTLED_AFTER = 100;

/** How many bundles stay: a run that goes on may load more of the one it began with. */
const KEPT = 20;

/**
 * Finds the bundle of this clone's sources as they are now, or builds it.
 *
 * Its files, and the folders that are looked through for commands, are compared by size and by the time of the last change
 * to their status, which comes with every change and which no program can set: what `git checkout`, `touch` or `rsync`
 * leave is something new, be the files older.
 *
 * @returns the folder; null where there is no bundle and none can be made. The sources run then, and tell what is wrong.
 */
export function bundleOfClone() {
  const newest = readNewest();
  if (newest !== null) {
    const found = newest.states.map(({ file }) => stateOf(file));
    if (newest.states.every(({ state }, at) => state === found[at].state)) return newest.folder;
    if (found.some(({ changed }) => isRecent(changed, Date.now()))) return null;
  }
  return build();
}

function stateOf(file) {
  const found = statSync(root + file, { throwIfNoEntry: false });
  return { state: `${found?.size} ${found?.ctimeMs}`, changed: found?.ctimeMs };
}

const isRecent = (time, now) => now - time >= 0 && now - time < SETTLED_AFTER;

function readNewest() {
  if (!existsSync(record)) return null;
  const [name, ...lines] = readFileSync(record, 'utf8').split('\n');
  const folder = `${cache}/${name}`;
  const states = lines.map((line) => {
    const end = line.indexOf('\t');
    return { file: line.slice(0, end), state: line.slice(end + 1) };
  });
  return existsSync(folder) ? { folder, states } : null;
}

/** Builds in a folder of its own, and names it when it is whole: many may do so at once, and any may be killed. */
function build() {
  const name = `${Date.now()}-${process.pid}`;
  const folder = `${cache}/${name}`;
  try {
    mkdirSync(folder, { recursive: true });
    removeOld();
    const begin = Date.now();
    runBuild(folder);
    const sources = readFileSync(`${folder}/sources`, 'utf8').split('\n');
    const found = sources.map((file) => ({ file, ...stateOf(file) }));
    // What has changed meanwhile may be in the bundle as it was, or as it is.
    if (found.some(({ changed }) => changed >= begin - SETTLED_AFTER && changed <= Date.now())) {
      rmSync(folder, { recursive: true, force: true });
      return null;
    }
    const states = found.map(({ file, state }) => `${file}\t${state}`);
    writeFileSync(`${folder}/newest`, [name, ...states].join('\n'));
    renameSync(`${folder}/newest`, record);
    return folder;
  } catch (error) {
    if (process.env.DEBUG) process.stderr.write(`The sources run as they are: ${error.message}\n`);
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    return null;
  }
}

function runBuild(folder) {
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
    rmSync(`${cache}/${name}`, { recursive: true, force: true });
}
