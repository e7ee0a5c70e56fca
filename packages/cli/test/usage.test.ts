import { runCli, runJson, runProcess } from './run-cli.ts';

interface ErrorDocument {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
}

describe('what is typed wrong', () => {
  test.each([
    [['db', 'upgrde'], 'USAGE_INVALID', '`freshmaker db upgrade`'],
    [['upgrade'], 'USAGE_INVALID', '`freshmaker db upgrade`'],
    [['createbd'], 'USAGE_INVALID', '`freshmaker createdb`'],
    [['nothing-like-it'], 'USAGE_INVALID', '--help'],
    [['db', '-q'], 'USAGE_INVALID', '`freshmaker db --help`'],
    [['-v'], 'USAGE_INVALID', '`freshmaker --help`'],
    [['--nope'], 'USAGE_INVALID', '`freshmaker --help`'],
    [['db', '--nope'], 'USAGE_INVALID', '`freshmaker db --help`'],
    [['db', 'upgrade', '--lock-timeot', '3'], 'USAGE_INVALID', '--lock-timeout'],
    [['db', 'upgrade', 'head', 'extra'], 'USAGE_INVALID', 'freshmaker db upgrade --help'],
    [['db', 'upgrade', '--lock', 'never'], 'USAGE_INVALID', '--help'],
    [['db', 'upgrade', '--lock-timeout', 'soon'], 'USAGE_INVALID', '30'],
    [['db', 'upgrade', '--lock-timeout', '-1'], 'USAGE_INVALID', '30'],
    [['db', 'show', ''], 'USAGE_INVALID', 'identifier'],
    [['db', 'upgrade', 'base:head'], 'USAGE_INVALID', '--sql'],
    [['db', 'history', '-r', 'b172'], 'INVALID_RANGE', 'base:head'],
    [['db', 'history', '-r', 'head:base'], 'INVALID_RANGE', ''],
    [['db', 'show', 'fcbb8824'], 'REVISION_NOT_FOUND', 'fcba8824bf8d'],
    [['db', 'show', '8'], 'REVISION_AMBIGUOUS', '8eeddff9a4f3'],
    [['db', 'upgrade', '+999'], 'RELATIVE_OUT_OF_RANGE', 'fcba8824bf8d'],
    [['db', 'upgrade', '-1'], 'RELATIVE_OUT_OF_RANGE', 'db downgrade'],
    [['db', 'downgrade'], 'RELATIVE_OUT_OF_RANGE', '`freshmaker db upgrade`'],
    [['db', 'downgrade', '-3'], 'RELATIVE_OUT_OF_RANGE', '`freshmaker db upgrade`'],
    [['db', 'show', '8d2e-2'], 'RELATIVE_OUT_OF_RANGE', 'base, or at most 1 step.'],
    [['db', 'show', 'head+1'], 'RELATIVE_OUT_OF_RANGE', 'ends at fcba8824bf8d'],
    [['db', 'upgrade', 'sqlite:///a.db'], 'USAGE_INVALID', '--database-url'],
    [['db', 'upgrade', '--sql', 'postgres://me:pw@host/db'], 'USAGE_INVALID', '--database-url'],
    [['db', 'heads', '-d', '/nowhere/at/all'], 'CONFIG_INVALID', 'db init'],
  ])('%j is %s', async (argv, code, hint) => {
    const env = { FRESHMAKER_TESTING_ENV: '1' };
    const people = await runCli(argv, { env });
    expect({ code: people.code, stdout: people.stdout }).toEqual({ code: 2, stdout: '' });
    const [first, ...rest] = people.stderr.trimEnd().split('\n');
    expect(first).toMatch(new RegExp(`^Error \\[${code}\\]: .+`));
    expect(rest.join('\n')).toContain(hint);
    expect(people.stderr).not.toMatch(/\n\s+at /);

    const program = await runJson<ErrorDocument>(argv, { env });
    expect({ code: program.code, stderr: program.stderr }).toEqual({ code: 2, stderr: '' });
    expect(program.document.error.code).toBe(code);
    expect(program.document.error.hint).toContain(hint);
  });

  test.each([
    [['completion'], 'The argument SHELL is missing.', '`freshmaker completion --help`'],
    [['completion', 'tcsh'], "'tcsh' is not bash, zsh or fish.", '--help'],
    [['createdb', 'now'], "Unexpected argument: 'now'.", '`freshmaker createdb --help`'],
    [['db', 'heads', 'a', 'b'], "Unexpected arguments: 'a', 'b'.", '`freshmaker db heads --help`'],
    [['db', 'upgrade', 'head', 'extra'], "Unexpected argument: 'extra'.", '`freshmaker db upgrade --help`'],
    [['db', 'upgrade', '--nope'], 'There is no flag --nope here.', 'Did you mean'],
    [['db', 'upgrade', '--lock', 'never'], "--lock takes wait, fail or skip, not 'never'.", '--help'],
    [['db', 'upgrade', '--lock'], '--lock lacks its value: wait, fail or skip.', '--help'],
    [['db', 'upgrade', '--lock-timeout'], '--lock-timeout lacks its value.', '--help'],
    [['db', 'migrate', '-m', 'a', '-m', 'b'], '--message is given more than once.', 'Leave all but one'],
    [['db', 'migrate', '--dry-run', '--sql'], '--dry-run and --sql exclude each other.', 'Leave one'],
    [['db', 'upgrade', '--plan=yes'], '--plan takes no value.', 'Type --plan, without ='],
    [['db', 'upgrade', '--plan', '--sql'], '--plan and --sql exclude each other.', 'Leave one'],
    [
      ['db', 'upgrade', '--skip-data-steps'],
      '--skip-data-steps only means something with --sql.',
      'Add --sql',
    ],
    [['db', 'revision', '--using', 'a'], '--using only means something with --autogenerate.', 'Add --auto'],
  ])('%j: %s', async (argv, message, hint) => {
    const { code, document } = await runJson<ErrorDocument>(argv);
    expect(code).toBe(2);
    expect(document.error).toMatchObject({
      code: 'USAGE_INVALID',
      message,
      hint: expect.stringContaining(hint),
    });
  });

  test('hints say how the program was called', async () => {
    const env = { FRESHMAKER_TESTING_ENV: '1', FRESHMAKER_CHECKOUT_ROOT: '/checkout' };
    const { stderr } = await runCli(['db', 'upgrde'], { env, cwd: '/checkout' });
    expect(stderr).toContain('Hint: Did you mean `./manager db upgrade`?');
    const check = await runJson<ErrorDocument>(['db', 'check'], { env, cwd: '/checkout' });
    expect(check.document.error.hint).toContain('`./manager db upgrade`');
  });

  test.each([[[]], [['db']]])('%j with --json alone is an error, and no help', async (argv) => {
    const { code, document, stderr } = await runJson<ErrorDocument>(argv);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(document.error).toMatchObject({ code: 'USAGE_INVALID', message: 'No command is given.' });
  });

  test('a stack trace comes when it is asked for', async () => {
    for (const [argv, env] of [
      [['-vv'], {}],
      [['-v', '--verbose'], {}],
      [[], { DEBUG: '1' }],
    ] as const) {
      const { code, stderr } = await runCli(['db', 'show', 'nope', ...argv], { env });
      expect(code).toBe(2);
      expect(stderr).toMatch(/\n\s+at /);
    }
  });

  test('help is no error', async () => {
    const { code, stdout } = await runProcess(['db', 'upgrade', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('EXAMPLES');
  });

  test('a process ends with the same answers', async () => {
    const { code, stdout, stderr } = await runProcess(['db', 'show', 'nope', '--json']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'REVISION_NOT_FOUND' } });
  });
});
