import { engines } from './engines.ts';
import { runCli, runJson } from './run-cli.ts';

interface Plan {
  readonly steps: readonly {
    readonly revision: string;
    readonly direction: string;
    readonly operations: readonly Readonly<Record<string, unknown>>[];
    readonly statements: readonly string[];
    readonly tables: readonly { readonly table: string; readonly rows: number }[];
    readonly losses: readonly Readonly<Record<string, unknown>>[];
  }[];
}

describe.each(engines())('before anything runs on $name', ({ dialect, create }) => {
  test('--plan shows the steps with their operations, and runs nothing', async () => {
    await using database = await create();
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    const { code, document } = await runJson<Plan>(['db', 'upgrade', '90f8', '--plan'], { env });
    expect(code).toBe(0);
    expect(document.steps.map((step) => step.revision)).toHaveLength(9);
    expect(document.steps.at(-1)).toMatchObject({
      revision: '90f8444d5ab7',
      direction: 'upgrade',
      operations: [
        { kind: 'addColumn', table: 'events', column: 'state' },
        { kind: 'addColumn', table: 'events', column: 'state_reason' },
        { kind: 'addColumn', table: 'events', column: 'time_created' },
        { kind: 'run', table: null },
      ],
    });
    expect((await runCli(['db', 'current'], { env })).stdout).toBe('');

    const people = await runCli(['db', 'upgrade', '+1', '--plan', '-v'], { env });
    expect(people.stdout).toMatch(
      /^upgrade {2}-> 8d2e9cd99c54, initial db\n {2}createTable events\n {2}createTable artifact_builds\n/,
    );
    expect(people.stdout).toContain('CREATE TABLE "events"');
  });

  test('--plan of a downgrade says how big the tables are and what would be lost', async () => {
    await using database = await create();
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    await runCli(['db', 'upgrade'], { env });
    const { document } = await runJson<Plan>(['db', 'downgrade', '--plan'], { env });
    expect(document.steps).toMatchObject([
      {
        revision: 'fcba8824bf8d',
        direction: 'downgrade',
        operations: [{ kind: 'dropColumn', table: 'artifact_builds', column: 'bundle_pullspec_overrides' }],
        tables: [{ table: 'artifact_builds', rows: 0 }],
        losses: [],
      },
    ]);
    expect((await runCli(['db', 'current'], { env })).stdout).toBe('fcba8824bf8d (head)\n');
    expect((await runJson<Plan>(['db', 'upgrade', '--plan'], { env })).document).toEqual({ steps: [] });
  });

  test('--sql prints and runs nothing', async () => {
    await using database = await create();
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    const { code, stdout, stderr } = await runCli(['db', 'upgrade', '--sql'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(dialect === 'sqlite' ? 'BEGIN IMMEDIATE;' : 'BEGIN;');
    expect(stdout).toContain('INSERT INTO "alembic_version" (version_num) VALUES (\'8d2e9cd99c54\');');
    expect(stdout.trimEnd().endsWith('COMMIT;')).toBe(true);
    for (const range of ['fcba:2358', 'head:-1']) {
      const down = await runJson<{ sql: string }>(['db', 'downgrade', range, '--sql'], { env });
      expect(down.document.sql).toContain(
        "SET version_num = '2358b6f55f24' WHERE version_num = 'fcba8824bf8d'",
      );
    }
    const stamp = await runCli(['db', 'stamp', 'b172:head', '--sql'], { env });
    expect(stamp.stdout).toContain("SET version_num = 'fcba8824bf8d' WHERE version_num = 'b17231ee8220'");
    expect((await runCli(['db', 'current'], { env })).stdout).toBe('');
  });
});

test.each([
  [['db', 'downgrade', '--sql'], 'USAGE_INVALID'],
  [['db', 'downgrade', 'head:6004', '--sql'], 'OFFLINE_NOT_POSSIBLE'],
  [['db', 'upgrade', '--sql', '--plan'], 'USAGE_INVALID'],
  [['db', 'upgrade', '--skip-data-steps'], 'USAGE_INVALID'],
])('%j is %s, and nothing is printed before', async (argv, code) => {
  const outcome = await runCli(argv, { env: { FRESHMAKER_TESTING_ENV: '1' } });
  expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`[${code}]`) });
});

test('--skip-data-steps marks what was left out', async () => {
  const env = { FRESHMAKER_TESTING_ENV: '1' };
  const { stdout } = await runCli(['db', 'downgrade', 'head:6004', '--sql', '--skip-data-steps'], { env });
  expect(stdout).toMatch(/^-- SKIPPED data step 1 of revision b17231ee8220/m);
});
