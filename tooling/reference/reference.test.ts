import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommands, renderCommands } from './commands.ts';
import { readInterface, readSignatures } from './operation-code.ts';
import { operationEntries } from './operation-examples.ts';
import { recorded, renderOperations, reverseOf, textOf } from './operations.ts';

const written = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'reference', name), 'utf8');

const commands = await readCommands();

describe('docs/reference is what `npm run reference` writes', () => {
  test('commands.md', () => expect(written('commands.md')).toBe(renderCommands(commands)));
  test('operations.md', () => expect(written('operations.md')).toBe(renderOperations()));
});

describe('the commands', () => {
  test('are all there', () => {
    const names = commands.map((each) => each.name);
    expect(names).toEqual(expect.arrayContaining(['createdb', 'db migrate', 'db upgrade']));
    expect(names).not.toContain('complete');
  });

  test.each(commands.map((each) => [each.name, each] as const))('%s has examples', (_, command) => {
    expect(command.examples).not.toEqual([]);
  });

  const examples = commands.flatMap((command) =>
    command.examples.map((example) => ({ text: example.command, command })),
  );
  test.each(examples)('$text gives flags that exist', ({ text, command }) => {
    expect(text).toContain(`freshmaker ${command.name}`);
    const flags = [...text.matchAll(/(?<= )--?([a-z][a-z-]*)/g)].map((match) => match[1]);
    const known = command.flags.flatMap((each) => [each.name, ...(each.char ? [each.char] : [])]);
    expect(known).toEqual(expect.arrayContaining(flags));
  });
});

describe('the operations', () => {
  const signatures = readSignatures();

  test('are those of Operations', () => {
    const names = signatures.map((each) => each.name);
    expect(names).toContain('createForeignKey');
    expect(Object.keys(operationEntries).sort()).toEqual(names.toSorted());
  });

  test.each(signatures.map((each) => [each.name, each.text]))('%s has a whole signature', (name, text) => {
    expect(text.startsWith(name)).toBe(true);
    expect(text.split('(').length).toBe(text.split(')').length);
  });

  test.each(Object.entries(operationEntries))('the examples of %s call it', (name, { examples }) => {
    for (const { run } of examples) {
      expect(textOf(run)).toMatch(new RegExp(`^op\\.${name}[(<]`));
      const kinds = recorded(run).map((each) => each.kind);
      expect(name === 'batchAlterTable' || kinds.every((kind) => kind === name)).toBe(true);
    }
  });
});

test('a signature is read across lines, an interface with its comments', () => {
  const text = 'export class Operations {\n  a<T>(\n    b: string,\n    c?: T,\n  ): void {\n  }\n}\n';
  expect(readSignatures(text)).toEqual([{ name: 'a', text: 'a<T>(b: string, c?: T): void' }]);
  expect(readInterface('DropConstraintOptions')).toMatch(/^interface DropConstraintOptions \{\n[\s\S]*\n\}$/);
  expect(() => readInterface('Nothing')).toThrow('Nothing');
});

test('what takes a call back is worked out from the tables before it', () => {
  expect(reverseOf({ run: (op) => op.dropColumn('events', 'note') })).toBe(
    "op.addColumn('events', column('note', t.text()));",
  );
  expect(reverseOf({ run: (op) => op.execute('SELECT 1') })).toBeNull();
});
