import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const reference = read('docs/reference/errors.md');

/** Codes that the command line prints by itself. */
const programCodes = ['bin/*.js', 'src/render/error.ts']
  .flatMap((pattern) => globSync(`packages/cli/${pattern}`, { cwd: root }))
  .flatMap((path) => [...read(path).matchAll(/code: '([A-Z_]+)'/g)].map((match) => match[1] ?? ''));

test('the reference has every code an error can carry, in the order they are declared', () => {
  const [, union = ''] =
    /export type ErrorCode =\n([^;]*);/.exec(read('packages/migrator/src/errors.ts')) ?? [];
  const codes = [...union.matchAll(/'([A-Z_]+)'/g)].map((match) => match[1]);
  expect(codes).toContain('REVISION_NOT_FOUND');
  const documented = [...reference.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
  expect(documented.slice(0, codes.length)).toEqual(codes);
  const others = programCodes.filter((code) => !codes.includes(code));
  expect(others).toContain('NODE_TOO_OLD');
  expect(documented.slice(codes.length).toSorted()).toEqual([...new Set(others)].toSorted());
});

const sections = reference.split(/^## /m).slice(1);

test.each(sections.map((section) => [section.split('\n')[0], section]))(
  'cause and way out of %s',
  (_, section) => {
    expect(section).toMatch(/^[A-Z_]+\n\n\*\*Cause\.\*\* .+\n\n\*\*Way out\.\*\* .+\n+$/);
  },
);

test('the commands and flags it names exist', () => {
  const commands = [...reference.matchAll(/`freshmaker ((?:db )?[a-z]+)/g)].map((match) => match[1] ?? '');
  expect(commands).not.toEqual([]);
  const files = commands.map((id) => `packages/cli/src/commands/${id.replace(' ', '/')}.ts`);
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);

  const source = globSync('packages/cli/src/**/*.ts', { cwd: root }).map(read).join('\n');
  const flags = [...reference.matchAll(/`[^`]*?--([a-z-]+)/g)].map((match) => match[1] ?? '');
  const known = (flag: string) => flag === 'help' || new RegExp(`^\\s*'?${flag}'?: `, 'm').test(source);
  expect(flags.filter((flag) => !known(flag))).toEqual([]);
});
