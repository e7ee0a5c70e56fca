import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readExample } from './example.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Inside the checkout, where the packages are found, and not below node_modules, where Node runs no TypeScript.
const scratch = join(root, 'tooling', 'readme', '.run');

const examples = readdirSync(join(root, 'packages'))
  .map((name) => ({
    name,
    example: readExample(readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')),
  }))
  .flatMap(({ name, example }) => (example === null ? [] : [{ name, example }]));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the READMEs have examples to run', () => {
  expect(examples.map((each) => each.name)).toContain('migrator');
});

test.each(examples)(
  'the example of packages/$name/README.md runs and prints what it says',
  ({ name, example }) => {
    const folder = join(scratch, name);
    for (const { path, content } of example.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    expect(example.programs).not.toEqual([]);
    for (const program of example.programs) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--conditions=@freshmaker/source', program.path],
        { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
      );
      expect({ status, stderr, lines: stdout.trimEnd().split('\n') }).toEqual({
        status: 0,
        stderr: '',
        lines: [...program.output],
      });
    }
  },
);

test('an example is the files a README prints whole, and what those say that print something', () => {
  const readme =
    '# x\n```ts\nlet a;\n```\n```ts file=a/b.ts\n1;\n```\n```ts file=c.ts\nconsole.log(f(1)); // 2\n```\n';
  expect(readExample(readme)).toEqual({
    files: [
      { path: 'a/b.ts', content: '1;\n' },
      { path: 'c.ts', content: 'console.log(f(1)); // 2\n' },
    ],
    programs: [{ path: 'c.ts', output: ['2'] }],
  });
  expect(readExample('nothing')).toBeNull();
});
