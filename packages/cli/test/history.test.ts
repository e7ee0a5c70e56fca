import { readdirSync } from 'node:fs';
import { runCli, runJson, temporaryFolder } from './run-cli.ts';

interface Revisions {
  readonly revisions: readonly { readonly revision: string; readonly isHead: boolean }[];
}

describe('history of Freshmaker, without a database', () => {
  test('history lists the revisions as Alembic does, newest first', async () => {
    const { code, stdout, stderr } = await runCli(['db', 'history']);
    const lines = stdout.trimEnd().split('\n');
    expect({ code, stderr, count: lines.length }).toEqual({ code: 0, stderr: '', count: 20 });
    expect(lines[0]).toBe(
      '2358b6f55f24 -> fcba8824bf8d (head), Add bundle_pullspec_overrides to artifact_builds',
    );
    expect(lines.at(-1)).toBe('<base> -> 8d2e9cd99c54, initial db');
  });

  test.each([
    ['-3:', ['fcba8824bf8d', '2358b6f55f24', 'fbc2eac9bfa5', '5bdd5566615a']],
    [':300b', ['300b86758bb1', 'bfc0e0d2eea6', '43b3c6580af7', '8d2e9cd99c54']],
    ['b172:807e', ['807ea37dcf0e', 'f3223db11e48', 'e06434b3ef5e', 'b17231ee8220']],
  ])('history -r %s', async (range, expected) => {
    const { document } = await runJson<Revisions>(['db', 'history', '-r', range]);
    expect(document.revisions.map((each) => each.revision)).toEqual(expected);
  });

  test('history -r current: reads the database, and makes none', async () => {
    using folder = temporaryFolder();
    const { code, document } = await runJson<Revisions>(['db', 'history', '-r', ':current'], {
      cwd: folder.path,
    });
    expect({ code, revisions: document.revisions }).toEqual({ code: 0, revisions: [] });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('history -i marks where the database is', async () => {
    const { stdout } = await runCli(['db', 'history', '-i'], { env: { FRESHMAKER_TESTING_ENV: 'yes' } });
    expect(stdout).not.toContain('(current)');
  });

  test('heads and show name the head', async () => {
    expect((await runCli(['db', 'heads'])).stdout).toBe('fcba8824bf8d (head)\n');
    const { stdout } = await runCli(['db', 'show']);
    expect(stdout).toMatch(
      /^Rev: fcba8824bf8d \(head\)\nParent: 2358b6f55f24\nPath: .*fcba8824bf8d_.*\.ts\n\n {4}Add bundle/,
    );
    expect((await runCli(['db', 'heads', '-v'])).stdout).toBe(stdout);
  });

  test('show as JSON is one revision', async () => {
    const { document } = await runJson<object>(['db', 'show', 'b172']);
    expect(document).toMatchObject({
      revision: {
        revision: 'b17231ee8220',
        downRevision: '6004dadc9ac4',
        branchLabels: [],
        dependsOn: [],
        message: 'Remove Event.compose_id',
        createDate: '2017-12-25 10:51:05.484216',
        isHead: false,
        isBase: false,
        isBranchPoint: false,
        isMergePoint: false,
        path: expect.stringMatching(/^\/.*b17231ee8220_.*\.ts$/),
      },
    });
  });

  test('show base is nothing', async () => {
    expect(await runCli(['db', 'show', 'base'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await runJson(['db', 'show', 'base'])).document).toMatchObject({ revision: null });
  });

  test('no database has to be configured for it, not even in production', async () => {
    const env = { FRESHMAKER_ENV: 'production' };
    const codes = [];
    for (const command of ['history', 'heads', 'show']) {
      codes.push((await runCli(['db', command], { env })).code);
    }
    expect(codes).toEqual([0, 0, 0]);
  });
});
