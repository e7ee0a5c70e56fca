import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import pg from 'pg';
import { startPglite } from '../../src/engines/pglite-instance.ts';
import { createTestDatabase } from '../../src/index.ts';

const quoted = (command: string) => /'([^']+)'/.exec(command)?.[1] as string;

test('a SQLite database is kept as a file', async () => {
  await using db = await createTestDatabase();
  await db.factories().event({ messageId: 'kept' });
  const command = await db.keep('What a "test" is called');
  const path = quoted(command);
  expect(command).toBe(`sqlite3 '${path}'`);
  expect(path).toMatch(/What-a-test-is-called/);
  const file = new Database(path, { readonly: true });
  expect(file.prepare('SELECT message_id FROM events').all()).toEqual([{ message_id: 'kept' }]);
  file.close();
  rmSync(path);
  await db.fresh();
  expect((await db.factories().event()).id).toBe(1);
});

test('a PostgreSQL database is kept on its server, which runs on, and the next test has what it should', async () => {
  const script = `
    const { createTestDatabase } = await import(${JSON.stringify(import.meta.resolve('../../src/index.ts'))});
    const answers = [];
    for (const isolation of ['reset', 'transaction', 'none']) {
      await using db = await createTestDatabase({ engine: 'postgresql', isolation, user: 'tester1' });
      await db.factories().event({ messageId: 'kept' });
      const command = await db.keep('test');
      await db.isolate();
      const { id } = await db.factories().event();
      const users = await db.em().execute('SELECT username FROM users');
      answers.push({ command, id, users });
    }
    process.stdout.write(JSON.stringify(answers));
  `;
  // A shared server of its own, which this test may end.
  const directory = mkdtempSync('/tmp/keep-');
  try {
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: directory },
    });
    const answers: { command: string; id: number; users: unknown }[] = JSON.parse(output);
    expect(answers.map(({ id }) => id)).toEqual([1, 1, 2]);
    for (const { command, users } of answers) {
      expect(users).toEqual([{ username: 'tester1' }]);
      const client = new pg.Client({ connectionString: quoted(command) });
      await client.connect();
      const { rows } = await client.query('SELECT message_id FROM events');
      await client.end();
      expect(rows).toEqual([{ message_id: 'kept' }]);
    }
    process.kill(Number(/kill (\d+)/.exec(answers[0]?.command as string)?.[1]));
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a PGlite database is kept as an archive', async () => {
  await using db = await createTestDatabase({ engine: 'pglite', isolation: 'transaction' });
  await db.factories().event({ messageId: 'kept' });
  const command = await db.keep('test');
  await db.isolate();
  expect(await db.em().execute('SELECT message_id FROM events')).toEqual([]);
  const path = /'(\/[^']+[.]tar)'/.exec(command)?.[1] as string;
  expect(existsSync(path)).toBe(true);
  const { pglite } = await startPglite(readFileSync(path));
  expect((await pglite.query('SELECT message_id FROM events')).rows).toEqual([{ message_id: 'kept' }]);
  await pglite.close();
  rmSync(path);
});
