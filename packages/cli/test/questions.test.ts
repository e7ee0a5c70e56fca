import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from '../src/main.ts';
import { runCli, temporaryFolder } from './run-cli.ts';

/** Keys as a terminal sends them. */
const keys = { enter: '\r', down: '\u001b[B', interrupt: '\u0003' };

/** Runs a command line at a terminal where somebody answers each question with the next keys. */
async function atTerminal(argv: readonly string[], cwd: string, answers: readonly string[], env = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  let asked = '';
  let stdout = '';
  const waiting = [...answers];
  stderr.on('data', (data) => {
    asked += data;
    // A question is there when the cursor has come to rest behind it.
    if (/[?:]/.test(String(data)) && waiting.length > 0)
      setTimeout(() => stdin.write(waiting.shift() ?? ''), 20);
  });
  const code = await main(argv, {
    env: { NO_COLOR: '1', ...env },
    cwd,
    stdin,
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
    const outcome = await atTerminal(['cleardb'], folder.path, [answer]);
    expect(outcome).toMatchObject({ code, stdout: expect.stringContaining(said) });
    expect(outcome.asked).toContain('Delete all events, builds and composes');
  });

  test('Ctrl-C is 130', async () => {
    using folder = temporaryFolder();
    await runCli(['createdb'], { cwd: folder.path });
    const outcome = await atTerminal(['cleardb'], folder.path, [keys.interrupt]);
    expect(outcome).toMatchObject({ code: 130, stdout: '' });
    expect(outcome.asked).toContain('[INTERRUPTED]');
  });
});

describe('migrate asks what is never guessed', () => {
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

  /** A database with a table, and models in which a column has another name. */
  async function renamedColumn() {
    const folder = temporaryFolder();
    mkdirSync(folder.file('m/versions'), { recursive: true });
    symlinkSync(modules, folder.file('node_modules'));
    const models = (name: string, column: string) => {
      writeFileSync(
        folder.file(name),
        `import { defineEntity, p } from '@mikro-orm/core';
export default { entities: [defineEntity({ name: 'Book', tableName: 'books', properties: {
  id: p.integer().primary(), ${column}: p.string() } })] };\n`,
      );
      const settings = { databaseUrl: 'sqlite:///books.db', directory: 'm', mikroOrm: name };
      writeFileSync(folder.file('freshmaker.config.json'), JSON.stringify(settings));
    };
    models('one.mjs', 'title');
    await runCli(['db', 'migrate', '-m', 'first'], { cwd: folder.path });
    await runCli(['db', 'upgrade'], { cwd: folder.path });
    models('two.mjs', 'name');
    return folder;
  }

  test.each([
    ['the likely rename stands first', [keys.enter], 'renameColumn books.title to name'],
    ['the drop second', [keys.down + keys.enter], 'dropColumn books.title'],
  ])('%s', async (_, answers, expected) => {
    using folder = await renamedColumn();
    const { code, stdout, asked } = await atTerminal(['db', 'migrate'], folder.path, answers);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(expected) });
    expect(asked).toContain('Column "title" of "books"');
    expect(readdirSync(folder.file('m/versions'))).toHaveLength(2);
  });
});
