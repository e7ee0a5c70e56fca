import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly repository?: { readonly url: string; readonly directory: string };
  readonly engines?: { readonly node: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const packages = globSync('packages/*/package.json', { cwd: root }).map((path) => ({
  folder: dirname(path),
  manifest: JSON.parse(read(path)) as Manifest,
}));
const names = packages.map(({ manifest }) => manifest.name).toSorted();
const workspace: Manifest = JSON.parse(read('package.json'));

test('there are packages to publish', () => expect(names).toContain('@freshmaker/migrator'));

describe.each(packages.map(({ manifest, folder }) => ({ name: manifest.name, manifest, folder })))(
  '$name',
  ({ manifest, folder }) => {
    test('says what it is, whose it is, and what it runs on', () => {
      expect(manifest).toMatchObject({
        description: expect.stringMatching(/\.$/),
        license: 'MIT',
        type: 'module',
        repository: { type: 'git', url: expect.stringMatching(/^git\+https:/), directory: folder },
        engines: { node: workspace.engines?.node },
      });
      expect(read(join(folder, 'LICENSE'))).toBe(read('LICENSE'));
    });

    test('has the version of all, and wants the others at it', () => {
      expect(manifest.version).toBe(packages[0]?.manifest.version);
      const wanted = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
      for (const [name, range] of wanted) {
        if (names.includes(name)) expect(`${name}@${range}`).toBe(`${name}@${manifest.version}`);
      }
    });
  },
);

test('changesets keeps their versions in step, and names packages that exist', () => {
  const { fixed } = JSON.parse(read('.changeset/config.json'));
  expect(fixed.map((group: readonly string[]) => group.toSorted())).toEqual([names]);
  const described = globSync('.changeset/*.md', { cwd: root }).flatMap((path) =>
    [...read(path).matchAll(/^"(@freshmaker\/[a-z]+)": (?:patch|minor|major)$/gm)].map((match) => match[1]),
  );
  expect(names).toEqual(expect.arrayContaining(described));
});

test('MikroORM is one version, everywhere', () => {
  const manifests = globSync('{package.json,{packages,examples}/*/package.json}', { cwd: root }).map(
    (path): Manifest & { readonly devDependencies?: Readonly<Record<string, string>> } =>
      JSON.parse(read(path)),
  );
  const versions = manifests.flatMap(({ dependencies, devDependencies, peerDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies }).flatMap(([name, version]) =>
      name.startsWith('@mikro-orm/') ? [version] : [],
    ),
  );
  expect([...new Set(versions)]).toEqual(['7.2.1']);
});
