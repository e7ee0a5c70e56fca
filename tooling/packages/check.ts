// `npm run packages`: packs what is published, and checks each tarball as its users would find it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { entryPoints } from '../../packages/cli/bundle/entry-points.ts';
import { bundledFiles, compiledFiles, type PackageManifest, tarballFaults } from './tarball-faults.ts';

const root = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'packages-'));
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs a package without running scripts of its own. */
function pack(folder: string): Packed {
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch, '--loglevel=error'],
    { cwd: folder, encoding: 'utf8' },
  );
  const packed: readonly Packed[] = Object.values(JSON.parse(output));
  if (!packed[0]) throw new Error(`npm packed nothing in ${folder}.`);
  return packed[0];
}

/** What the build of a package makes, and its users need. */
function builtFiles(folder: string): readonly string[] {
  const { compilerOptions, include } = JSON.parse(readFileSync(join(folder, 'tsconfig.build.json'), 'utf8'));
  if (compilerOptions.emitDeclarationOnly) return Object.keys(entryPoints()).flatMap(bundledFiles);
  const sources = (include as readonly string[]).flatMap((name) =>
    globSync(`${name}/**/*.ts`, { cwd: folder }),
  );
  return sources
    .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.d.ts'))
    .flatMap((path) => compiledFiles(path, compilerOptions.rootDir));
}

/** Sources of the package that its source maps name, and stack traces and editors then lead to. */
function mappedSources(folder: string, built: readonly string[]): readonly string[] {
  return built
    .filter((path) => path.endsWith('.map') && existsSync(join(folder, path)))
    .flatMap((path) => {
      const { sources } = JSON.parse(readFileSync(join(folder, path), 'utf8'));
      return (sources as readonly string[]).map((source) => join(dirname(path), source));
    })
    .filter((path) => !path.startsWith('..'));
}

/** Whether a program of the workspace finds no fault; what it says is shown. */
function passes(program: string, ...args: readonly string[]): boolean {
  const { status, error } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', '.bin', program), ...args],
    {
      cwd: scratch,
      stdio: 'inherit',
    },
  );
  if (error) throw error;
  return status === 0;
}

let failures = 0;
try {
  for (const manifestFile of globSync('packages/*/package.json', { cwd: root }).sort()) {
    const folder = join(root, manifestFile, '..');
    const manifest: PackageManifest = JSON.parse(readFileSync(join(root, manifestFile), 'utf8'));
    const packed = pack(folder);
    const built = builtFiles(folder);
    say(`\n${manifest.name}: ${packed.files.length} files, ${Math.ceil(packed.size / 1024)} KiB packed`);
    const faults = tarballFaults(
      manifest,
      packed.files.map((file) => file.path),
      [...built, ...mappedSources(folder, built)],
    );
    for (const fault of faults) say(`  ${fault}`);
    const tarball = join(scratch, packed.filename);
    const checks = [
      faults.length === 0,
      passes('publint', 'run', tarball, '--strict'),
      passes('attw', tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji'),
    ];
    failures += checks.filter((passed) => !passed).length;
  }
} finally {
  rmSync(scratch, { recursive: true });
}
say(failures === 0 ? '\nAll packages can be published.' : `\n${failures} checks failed.`);
process.exitCode = failures === 0 ? 0 : 1;
