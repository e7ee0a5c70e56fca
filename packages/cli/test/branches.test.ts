import { engines } from './engines.ts';
import { historyFolder, twoBranches } from './history-folder.ts';
import { runCli, runJson } from './run-cli.ts';

describe('a history with branches, as Alembic shows it', () => {
  const lines = async (...argv: string[]) => {
    using folder = historyFolder(...twoBranches);
    return (await runCli([...argv, '-d', folder.path])).stdout.trimEnd().split('\n');
  };

  test('heads', async () => {
    expect(await lines('db', 'heads')).toEqual(['cccc33330001 (feature) (head)', 'bbbb22220001 (head)']);
  });

  test('branches', async () => {
    expect(await lines('db', 'branches')).toEqual([
      'aaaa11110001 (branchpoint)',
      '             -> cccc33330001 (feature) (head)',
      '             -> bbbb22220001 (head)',
    ]);
    const verbose = await lines('db', 'branches', '-v');
    expect(verbose[0]).toBe('Rev: aaaa11110001 (branchpoint)');
    expect(verbose).toContain('Branches into: bbbb22220001, cccc33330001');
    expect(verbose.at(-1)).toBe('             -> bbbb22220001 (head), left');
  });

  test('history, and as a graph on a terminal', async () => {
    expect(await lines('db', 'history')).toEqual([
      'aaaa11110001 -> cccc33330001 (feature) (head), right',
      'aaaa11110001 -> bbbb22220001 (head), left',
      '<base> -> aaaa11110001 (branchpoint), first',
    ]);
    using folder = historyFolder(...twoBranches);
    const env = { NO_COLOR: '1' };
    const { stdout } = await runCli(['db', 'history', '-d', folder.path], { isTTY: true, env });
    expect(stdout).toBe(
      '●   cccc33330001 (feature) (head), right\n│ ● bbbb22220001 (head), left\n├─┘\n●   aaaa11110001 (branchpoint), first\n',
    );
  });

  test('colours are for terminals, and not for those who do not want them', async () => {
    using folder = historyFolder(...twoBranches);
    const coloured = async (options: Parameters<typeof runCli>[1]) =>
      (await runCli(['db', 'heads', '-d', folder.path], options)).stdout.includes('\u001b[');
    expect(await coloured({ isTTY: true })).toBe(true);
    expect(await coloured({ isTTY: false })).toBe(false);
    expect(await coloured({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await coloured({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false);
  });

  test('a dependency is shown, and takes its head away', async () => {
    using folder = historyFolder(
      { id: 'a1' },
      { id: 'a2', down: 'a1' },
      { id: 'b1', dependsOn: ['a2'], labels: ['dep'] },
    );
    const run = async (...argv: string[]) => (await runCli([...argv, '-d', folder.path])).stdout;
    expect(await run('db', 'heads')).toBe('b1 (dep) (head)\na2 (effective head)\n');
    expect(await run('db', 'heads', '--resolve-dependencies')).toBe('b1 (dep) (head)\n');
    expect(await run('db', 'history')).toContain('<base> (a2) -> b1 (dep) (head), do b1\n');
    expect(await run('db', 'show', 'b1')).toContain('Also depends on: a2\nBranch names: dep\n');
  });
});

describe.each(engines())('two heads on $name', ({ create }) => {
  test('guide to the next command, and are gone with a merge', async () => {
    using folder = historyFolder(...twoBranches);
    await using database = await create();
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    const run = (...argv: string[]) => runCli(['db', ...argv, '-d', folder.path], { env });

    for (const argv of [['upgrade'], ['show'], ['revision', '-m', 'x'], ['upgrade', 'head']]) {
      const { code, stderr } = await run(...argv);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('[MULTIPLE_HEADS]') });
      expect(stderr).toContain('db merge heads');
    }
    expect((await run('upgrade', '+1')).code).toBe(0);
    expect((await run('upgrade', '+1')).stderr).toContain('[AMBIGUOUS_WALK]');
    expect((await run('upgrade', 'feature@head')).code).toBe(0);
    expect((await run('current')).stdout).toBe('cccc33330001 (feature) (head)\n');
    expect((await run('upgrade', 'heads')).code).toBe(0);
    expect((await run('current')).stdout).toBe('cccc33330001 (feature) (head)\nbbbb22220001 (head)\n');
    expect((await run('downgrade')).stderr).toContain('[AMBIGUOUS_WALK]');

    const merged = await run('merge', 'heads', '--rev-id', 'dddd44440001');
    expect(merged).toMatchObject({ code: 0, stdout: expect.stringContaining('dddd44440001_merge_') });
    expect(merged.stderr).toContain('change table t (bbbb22220001, cccc33330001)');
    expect((await run('upgrade')).stderr).toBe(
      'Running upgrade cccc33330001, bbbb22220001 -> dddd44440001, Merge cccc33330001 and bbbb22220001\n',
    );
    expect((await run('current', '--check-heads')).code).toBe(0);
    expect((await run('downgrade', 'base')).code).toBe(0);
  });
});

describe('merge', () => {
  test.each([
    [[], 'USAGE_INVALID'],
    [['bbbb'], 'USAGE_INVALID'],
    [['bbbb', 'aaaa'], 'USAGE_INVALID'],
    [['bbbb', 'bbbb'], 'USAGE_INVALID'],
    [['bbbb', 'nope'], 'REVISION_NOT_FOUND'],
    [['heads', '--rev-id', 'head'], 'USAGE_INVALID'],
    [['heads', '--rev-id', 'aaaa11110001'], 'REVISION_DUPLICATE'],
    [['heads', '--branch-label', 'feature'], 'REVISION_DUPLICATE'],
  ])('%j is %s', async (argv, code) => {
    using folder = historyFolder(...twoBranches);
    const outcome = await runJson(['db', 'merge', ...argv, '-d', folder.path]);
    expect(outcome).toMatchObject({ code: 2, document: { error: { code } } });
  });

  test('of one head has nothing to do', async () => {
    using folder = historyFolder({ id: 'a1' });
    const outcome = await runJson(['db', 'merge', 'heads', '-d', folder.path]);
    expect(outcome).toMatchObject({ code: 0, document: { revision: null, path: null, operations: [] } });
  });
});

test('all that is wrong with a history is told at once', async () => {
  using folder = historyFolder(
    { id: 'a1', down: 'nope' },
    { id: 'b1', down: 'c1' },
    { id: 'c1', down: 'b1' },
  );
  const { code, document } = await runJson<{ error: { message: string } }>([
    'db',
    'heads',
    '-d',
    folder.path,
  ]);
  expect(code).toBe(2);
  for (const part of ['nope', 'b1', 'c1']) expect(document.error.message).toContain(part);
});
