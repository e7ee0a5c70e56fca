import { bundledFiles, compiledFiles, tarballFaults } from './tarball-faults.ts';

const manifest = {
  name: 'x',
  bin: { x: './bin/run.js' },
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  },
};
const complete = [
  ...['LICENSE', 'README.md', 'package.json', 'bin/run.js'],
  ...['dist/index.js', 'dist/index.js.map', 'dist/index.d.ts', 'src/index.ts'],
];
const faults = (files: readonly string[]) =>
  tarballFaults(manifest, files, ['dist/index.js', 'dist/index.js.map', 'dist/index.d.ts']);

test('a complete tarball has no fault', () => {
  expect(faults(complete)).toEqual([]);
});

test.each(complete.filter((path) => !path.startsWith('src/')))('%s is missed', (path) => {
  expect(faults(complete.filter((each) => each !== path))).toEqual([`${path} is missing`]);
});

test.each([
  'src/index.test.ts',
  'dist/index.test.js',
  'test/a.ts',
  'src/golden/a.sql',
  'bench/run.ts',
  'bundle/build.ts',
  'dist/.tsbuildinfo',
  'jest.config.js',
])('%s does not belong into it', (path) => {
  expect(faults([...complete, path])).toEqual([`${path} does not belong into it`]);
});

test.each([
  ['src/test-database.ts', 'what is only called after a test'],
  ['src/latest/a.ts', 'a folder whose name ends like it'],
])('%s may be published: %s', (path) => {
  expect(faults([...complete, path])).toEqual([]);
});

test.each([
  ['src/a/b.ts', 'src', 'dist/a/b'],
  ['src/a/b.ts', '.', 'dist/src/a/b'],
  ['migrations/versions/a.ts', '.', 'dist/migrations/versions/a'],
])('%s is compiled from the root %s to %s', (source, root, path) => {
  expect(compiledFiles(source, root)).toEqual([`${path}.js`, `${path}.js.map`, `${path}.d.ts`]);
});

test('a bundle has modules and source maps', () => {
  expect(bundledFiles('commands/a')).toEqual([
    'dist/commands/a.js',
    'dist/commands/a.cjs',
    'dist/commands/a.cjs.map',
  ]);
});
