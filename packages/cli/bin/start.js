// Not imported: an import of a module of Node loads more of Node than all of this needs.
const [{ existsSync, readFileSync, realpathSync }, module, { fileURLToPath, pathToFileURL }, v8] = [
  'fs',
  'module',
  'url',
  'v8',
].map((name) => process.getBuiltinModule(`node:${name}`));

const CONDITION = '@freshmaker/source';

/** In a clone the sources are what runs, whatever an earlier build has left; what is published holds no such file. */
const ofClone = new URL('../bundle/of-clone.js', import.meta.url);

/**
 * For as long as the process lives, since compiled code is good only where V8 is set as it was when it was made. The space for
 * new objects doubles as often as it fills; in a long run it would grow to 64 MB. And where many objects are made, the
 * collector begins its first round in small steps, of which most commands do not live to see the end.
 */
const V8_SETTINGS = ['--semi-space-growth-factor=1', '--no-incremental-marking'];

/** Runs the command line of this process and leaves its exit code. */
export default async function start() {
  for (const setting of V8_SETTINGS) v8.setFlagsFromString(setting);
  const argv = process.argv.slice(2);
  // Reading the maps takes time, and only stack traces need them.
  if (process.env.DEBUG || argv.some((word) => /^(-v+|--verbose)$/.test(word)))
    process.setSourceMapsEnabled(true);
  const { runProcess } = await (existsSync(ofClone) ? programOfClone() : programOfPackage());
  await runProcess(argv);
}

function programOfPackage() {
  module.enableCompileCache();
  return programOf(new URL('../dist/', import.meta.url));
}

/** The program of a bundle. */
async function programOf(folder) {
  const { load } = await import(new URL('loader.js', folder).href);
  return load('process');
}

/** The bundle of the sources as they are now; the sources themselves where there is none, or where Node is told so. */
async function programOfClone() {
  resolveToSources();
  const options = [...process.execArgv, process.env.NODE_OPTIONS];
  const bundle = options.some((option) => option?.includes(CONDITION))
    ? null
    : (await import(ofClone.href)).bundleOfClone();
  // What is compiled of a bundle goes when the bundle goes; in somebody else's clone it has its place elsewhere.
  const { FAILED } = module.constants.compileCacheStatus;
  const isKept = bundle !== null && module.enableCompileCache(`${bundle}/compiled`).status !== FAILED;
  if (!isKept) module.enableCompileCache();
  return bundle === null ? import('../src/process.ts') : programOf(pathToFileURL(`${bundle}/dist/`));
}

/** Lets this workspace's packages be found by their sources, as `node --conditions=@freshmaker/source` does. */
function resolveToSources() {
  module.registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith('@freshmaker/')) return next(specifier, context);
      if (!heedsConditions) return { url: sourceOf(specifier), shortCircuit: true };
      return next(specifier, { ...context, conditions: [...context.conditions, CONDITION] });
    },
  });
}

/** Node 22 lets hooks name conditions, and goes on without them. */
const heedsConditions = Number(process.versions.node.split('.')[0]) >= 24;

/** What a package of this workspace exports by a name, found as Node does it. */
function sourceOf(specifier) {
  const [scope, name, ...path] = specifier.split('/');
  const folder = fileURLToPath(new URL(`../../../node_modules/${scope}/${name}/`, import.meta.url));
  const { exports } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
  const found = exports[['.', ...path].join('/')];
  return pathToFileURL(realpathSync(`${folder}${found[CONDITION] ?? found}`)).href;
}
