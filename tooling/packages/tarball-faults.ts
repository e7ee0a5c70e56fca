/** What is read of a package's manifest. */
export interface PackageManifest {
  readonly name: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** Folders of a package that hold something else than what its users need. */
const private_ =
  /(^|\/)(test|bench|golden|test-results|node_modules)\/|\.test\.|\.tsbuildinfo$|jest\.config\./;

/**
 * What is wrong with the files of a tarball.
 *
 * @param files paths inside the package, such as `dist/index.js`.
 * @param sources its compiled sources: the `.ts` files of the folders that are published, tests left out.
 * @returns a line for each fault; none when it is complete and holds nothing else.
 */
export function tarballFaults(
  manifest: PackageManifest,
  files: readonly string[],
  compiled: readonly string[],
): readonly string[] {
  const packed = new Set(files);
  const targets = Object.values(manifest.exports ?? {}).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  const needed = [
    ...['LICENSE', 'README.md', 'package.json'],
    ...[...targets, ...Object.values(manifest.bin ?? {})].map((path) => path.replace(/^\.\//, '')),
    ...compiled.flatMap((path) => [path, `${path}.map`, path.replace(/\.js$/, '.d.ts')]),
  ];
  return [
    ...[...new Set(needed)].filter((path) => !packed.has(path)).map((path) => `${path} is missing`),
    ...files.filter((path) => private_.test(path)).map((path) => `${path} does not belong into it`),
  ];
}

/** Where the build puts a source file: `src/a/b.ts` is `dist/a/b.js`, or `dist/src/a/b.js` beside other folders. */
export function compiledPath(source: string, rootDirectory: string): string {
  const below = rootDirectory === '.' ? source : source.slice(rootDirectory.length + 1);
  return `dist/${below.replace(/\.ts$/, '.js')}`;
}
