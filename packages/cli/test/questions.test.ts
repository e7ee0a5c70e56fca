import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import Database from 'better-sqlite3';
import { main } from '../src/main.ts';
import { runCli, temporaryFolder } from './run-cli.ts';

/** Keys as a terminal sends them. */
const keys = { enter: '\r', down: '\u001b[B', interrupt: '\u0003' };

/** A text that asks for something, and what somebody answers. */
type Answer = readonly [question: RegExp, keys: string];

/** Runs a command line at a terminal where somebody answers one question after the other. */
async function atTerminal(
  argv: readonly string[],
  cwd: string,
  answers: readonly Answer[],
  { env = {}, columns = 100 } = {},
) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns });
  let asked = '';
  let stdout = '';
  const waiting = [...answers];
  stderr.on('data', (data) => {
    asked += data;
    const [question, answer] = waiting[0] ?? [];
    if (!question?.test(String(data))) return;
    waiting.shift();
    // The question is there when the cursor has come to rest behind it.
    setTimeout(() => stdin.write(answer), 20);
  });
  const code = await main(argv, {
    env: { NO_COLOR: '1', ...env },
    cwd,
    stdin: () => stdin,
    stdout: { write: (text) => (stdout += text), isTTY: true },
    stderr,
  });
  return { code, stdout, asked };
}

describe('cleardb asks first', () => {
  test.each([
    ['y\r', 0, 'Emptied'],
    ['n\r', 1, 'Nothing was deleted.'],
    [keys.enter, 1, 'Nothing was deleted.'],
  ])('%j', async (answer, code, said) => {
    using folder = temporaryFolder();
    await runCli(['createdb'], { cwd: folder.path });
    const outcome = await atTerminal(['cleardb'], folder.path, [[/Delete all/, answer]]);
    expect(outcome).toMatchObject({ code, stdout: expect.stringContaining(said) });
    expect(outcome.asked).toContain('Delete all events, builds and composes');
  });

  test.each([[18], [23], [28]])('with lines that end between words, in %i columns', async (columns) => {
    using folder = temporaryFolder();
    await runCli(['createdb'], { cwd: folder.path });
    const { asked } = await atTerminal(['cleardb'], folder.path, [[/Delete all/, 'n\r']], { columns });
    const words = stripVTControlCharacters(asked).split(/\s+/);
    expect(words).toEqual(expect.arrayContaining(['all', 'events,', 'builds', 'and', 'composes', '(y/N)']));
  });

  test('Ctrl-C is 130', async () => {
    using folder = temporaryFolder();
    await runCli(['createdb'], { cwd: folder.path });
    const outcome = await atTerminal(['cleardb'], folder.path, [[/Delete all/, keys.interrupt]]);
    expect(outcome).toMatchObject({ code: 130, stdout: '' });
    expect(outcome.asked).toContain('[INTERRUPTED]');
  });
});

describe('migrate asks what is never guessed', () => {
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

  /** A database with a table that has a row, and models in which columns have other names, or more values. */
  async function changedModels(before = 'title: p.string()', after = 'name: p.string()', rows = '') {
    const folder = temporaryFolder();
    mkdirSync(folder.file('m/versions'), { recursive: true });
    symlinkSync(modules, folder.file('node_modules'));
    const models = (name: string, columns: string) => {
      writeFileSync(
        folder.file(name),
        `import { defineEntity, p } from '@mikro-orm/core';
export default { entities: [defineEntity({ name: 'Book', tableName: 'books', properties: {
  id: p.integer().primary(), ${columns} } })] };\n`,
      );
      const settings = { databaseUrl: 'sqlite:///books.db', directory: 'm', mikroOrm: name };
      writeFileSync(folder.file('freshmaker.config.json'), JSON.stringify(settings));
    };
    models('one.mjs', before);
    await runCli(['db', 'migrate', '-m', 'first'], { cwd: folder.path });
    await runCli(['db', 'upgrade'], { cwd: folder.path });
    if (rows !== '') new Database(folder.file('books.db')).exec(rows).close();
    models('two.mjs', after);
    return folder;
  }

  test.each([
    ['the likely rename stands first', keys.enter, 'renameColumn books.title to name'],
    ['the drop second', keys.down + keys.enter, 'dropColumn books.title'],
  ])('%s', async (_, answer, expected) => {
    using folder = await changedModels();
    const { code, stdout, asked } = await atTerminal(['db', 'migrate'], folder.path, [
      [/Column "title"/, answer],
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(expected) });
    expect(asked).toContain('Column "title" of "books"');
    expect(readdirSync(folder.file('m/versions'))).toHaveLength(2);
  });

  test('one question after the other, an expression last', async () => {
    using folder = await changedModels(
      'title: p.string(), author: p.string(), pages: p.integer().nullable()',
      'name: p.string(), writer: p.string(), pages: p.integer()',
      "INSERT INTO books (title, author) VALUES ('One', 'Ann')",
    );
    const answers: readonly Answer[] = [
      [/Column "title"/, keys.enter],
      [/Column "author"/, keys.enter],
      [/Column "pages"/, `0${keys.enter}`],
    ];
    const { code, stdout, asked } = await atTerminal(['db', 'migrate', '--dry-run'], folder.path, answers);
    expect(code).toBe(0);
    for (const [from, to] of [
      ['title', 'name'],
      ['author', 'writer'],
    ]) {
      expect(asked).toContain(`Column "${from}" of "books"`);
      expect(stdout).toContain(`op.renameColumn('books', '${from}', '${to}');`);
    }
    expect(asked).toContain('Column "pages" of "books" holds NULLs');
    expect(stdout).toContain("op.alterColumn('books', 'pages', { nullable: false, backfill: sql('0') });");
  });
});
