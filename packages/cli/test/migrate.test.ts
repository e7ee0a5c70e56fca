import { engines } from './engines.ts';
import { runCli, runJson } from './run-cli.ts';

const HEAD = 'fcba8824bf8d';

interface Execution {
  readonly applied: readonly {
    readonly revision: string;
    readonly direction: string;
    readonly durationMs: number;
  }[];
  readonly current: readonly string[];
}

interface Current {
  readonly current: readonly { readonly revision: string; readonly isHead: boolean }[];
}

describe.each(engines())('$name', ({ create, missing }) => {
  test('createdb makes the database, brings it to head, and may be run again', async () => {
    await using database = await missing();
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    const first = await runJson<Execution>(['createdb'], { env });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(first.document.applied).toHaveLength(20);
    expect(first.document.applied.at(-1)).toEqual({
      revision: HEAD,
      direction: 'upgrade',
      durationMs: expect.any(Number),
    });
    expect(first.document.current).toEqual([HEAD]);

    const again = await runJson<Execution>(['createdb'], { env });
    expect(again).toMatchObject({ code: 0, document: { applied: [], current: [HEAD] } });
    const people = await runCli(['createdb'], { env });
    expect(people).toEqual({ code: 0, stdout: `Nothing to do: the database is at ${HEAD}.\n`, stderr: '' });
  });

  test('up and down, told as Alembic tells it', async () => {
    await using database = await create();
    const run = (...argv: string[]) => runCli([...argv, '--database-url', database.url]);
    const lines = (text: string) => text.trimEnd().split('\n');

    expect(await run('db', 'current')).toMatchObject({ code: 0, stdout: '' });
    const up = await run('db', 'upgrade', '+2');
    expect(lines(up.stderr)).toEqual([
      'Running upgrade  -> 8d2e9cd99c54, initial db',
      'Running upgrade 8d2e9cd99c54 -> 43b3c6580af7, empty message',
    ]);
    expect(up.stdout).toBe('Applied 2 revisions: the database is at 43b3c6580af7.\n');
    expect((await run('db', 'current')).stdout).toBe('43b3c6580af7 (18 revisions behind head)\n');
    expect((await run('db', 'history', '-i', '-r', ':bfc0')).stdout).toBe(
      '43b3c6580af7 -> bfc0e0d2eea6, Add compose_id to Event\n' +
        '8d2e9cd99c54 -> 43b3c6580af7 (current), empty message\n' +
        '<base> -> 8d2e9cd99c54, initial db\n',
    );

    expect((await run('upgradedb')).code).toBe(0);
    expect((await run('db', 'current')).stdout).toBe(`${HEAD} (head)\n`);
    expect(await run('db', 'upgrade', '8d2e')).toEqual({
      code: 0,
      stdout: `Nothing to do: the database is at ${HEAD}.\n`,
      stderr: '',
    });

    const down = await run('db', 'downgrade');
    expect(lines(down.stderr)).toEqual([
      `Running downgrade ${HEAD} -> 2358b6f55f24, Add bundle_pullspec_overrides to artifact_builds`,
    ]);
    expect((await run('db', 'downgrade', '-3')).stdout).toBe(
      'Reverted 3 revisions: the database is at 5a555923da42.\n',
    );
    const base = await run('db', 'downgrade', 'base', '--quiet');
    expect(base).toEqual({ code: 0, stdout: expect.stringContaining('at the base'), stderr: '' });
    expect(await run('db', 'current')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('20 revisions behind head'),
    });
  });

  test('the same as JSON', async () => {
    await using database = await create();
    const run = <Document>(...argv: string[]) =>
      runJson<Document>(argv, { env: { SQLALCHEMY_DATABASE_URI: database.url } });

    expect((await run<Current>('db', 'current')).document).toMatchObject({ current: [] });
    await run('db', 'upgrade', 'b172');
    expect((await run<Current>('db', 'current')).document).toMatchObject({
      current: [{ revision: 'b17231ee8220', isHead: false }],
      behind: 9,
    });
    const down = await run<Execution>('db', 'downgrade', '-2');
    expect(down.document).toEqual({
      applied: [
        { revision: 'b17231ee8220', direction: 'downgrade', durationMs: expect.any(Number) },
        { revision: '6004dadc9ac4', direction: 'downgrade', durationMs: expect.any(Number) },
      ],
      current: ['90f8444d5ab7'],
    });
  });

  test('current --check-heads answers by its exit code', async () => {
    await using database = await create();
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    expect((await runCli(['db', 'current', '--check-heads'], { env })).code).toBe(1);
    await runCli(['db', 'upgrade'], { env });
    expect((await runCli(['db', 'current', '--check-heads'], { env })).code).toBe(0);
  });

  test('stamp says where the database is and runs nothing', async () => {
    await using database = await create();
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    const run = (...argv: string[]) => runJson<Execution>(['db', ...argv], { env });
    expect((await run('stamp', 'b172')).document).toEqual({
      applied: [{ revision: 'b17231ee8220', direction: 'stamp', durationMs: expect.any(Number) }],
      current: ['b17231ee8220'],
    });
    expect((await run('stamp', 'b172')).document).toEqual({ applied: [], current: ['b17231ee8220'] });
    expect((await run('stamp')).document.current).toEqual([HEAD]);
    expect((await run('stamp', 'base')).document.current).toEqual([]);
    expect((await run('stamp', 'nope')).document).toMatchObject({ error: { code: 'REVISION_NOT_FOUND' } });
  });

  test('a revision that no script has is UNKNOWN_DATABASE_REVISION, and stamp --purge helps', async () => {
    await using database = await create();
    await using folder = await otherHistory('feedface0001');
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    expect((await runCli(['db', 'stamp', '-d', folder.path], { env })).code).toBe(0);
    for (const argv of [
      ['db', 'current'],
      ['db', 'upgrade'],
      ['db', 'downgrade'],
      ['db', 'stamp'],
    ]) {
      const { code, document } = await runJson(argv, { env });
      expect(code).toBe(2);
      expect(document).toMatchObject({
        error: {
          code: 'UNKNOWN_DATABASE_REVISION',
          message: expect.stringContaining('feedface0001'),
          hint: expect.stringContaining('stamp --purge'),
        },
      });
    }
    const purged = await runJson<Execution>(['db', 'stamp', '--purge', 'head'], { env });
    expect(purged.document.current).toEqual([HEAD]);
  });
});

async function otherHistory(revision: string) {
  const { mkdirSync, writeFileSync } = await import('node:fs');
  const { temporaryFolder } = await import('./run-cli.ts');
  const folder = temporaryFolder();
  mkdirSync(folder.file('versions'));
  writeFileSync(
    folder.file(`versions/${revision}_other.mjs`),
    `/** other */\nexport const revision = '${revision}';\nexport const downRevision = null;\n` +
      'export function upgrade() {}\nexport function downgrade() {}\n',
  );
  return { path: folder.path, [Symbol.asyncDispose]: async () => folder[Symbol.dispose]() };
}
