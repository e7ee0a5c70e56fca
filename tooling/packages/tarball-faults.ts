/** What is read of a package's manifest. */
export interface PackageManifest {
  readonly name: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** Folders of a package that hold something else than what its users need. */
const private_ =
  /(^|\/)(test|bench|bundle|golden|test-results|node_modules)\/|\.test\.|\.tsbuildinfo$|jest\.config\./;

/**
 * What is wrong with the files of a tarball.
 *
 * @param files paths inside the package, such as `dist/index.js`.
 * @param built what its build makes and its users need.
 * @returns a line for each fault; none when it is complete and holds nothing else.
 */
export function tarballFaults(
  manifest: PackageManifest,
  files: readonly string[],
  built: readonly string[],
): readonly string[] {
  const packed = new Set(files);
  const targets = Object.values(manifest.exports ?? {}).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  const needed = [
    ...['LICENSE', 'README.md', 'package.json'],
    ...[...targets, ...Object.values(manifest.bin ?? {})].map((path) => path.replace(/^\.\//, '')),
    ...built,
  ];
  return [
    ...[...new Set(needed)].filter((path) => !packed.has(path)).map((path) => `${path} is missing`),
    ...files.filter((path) => private_.test(path)).map((path) => `${path} does not belong into it`),
  ];
}

/**
 * What the compiler makes of a source file: a module, its source map and its types. `src/a/b.ts` becomes `dist/a/b.js`, or
 * `dist/src/a/b.js` beside other folders.
 */
export function compiledFiles(source: string, rootDirectory: string): readonly string[] {
  const below = rootDirectory === '.' ? source : source.slice(rootDirectory.length + 1);
  const path = `dist/${below.replace(/\.ts$/, '')}`;
  return [`${path}.js`, `${path}.js.map`, `${path}.d.ts`];
}

/** What the bundler makes of an entry point: a module, and the script whose exports it has, with its source map. */
export function bundledFiles(name: string): readonly string[] {
  return [`dist/${name}.js`, `dist/${name}.cjs`, `dist/${name}.cjs.map`];
}
