import { nameProgram, programName } from './program-name.ts';

test.each([
  [{}, '/home/me', 'freshmaker'],
  [{ FRESHMAKER_CHECKOUT_ROOT: '' }, '/home/me', 'freshmaker'],
  [{ FRESHMAKER_CHECKOUT_ROOT: '/src/freshmaker' }, '/src/freshmaker', './manager'],
  [{ FRESHMAKER_CHECKOUT_ROOT: '/src/freshmaker' }, '/src/freshmaker/docs', '../manager'],
  [{ FRESHMAKER_CHECKOUT_ROOT: '/src/fresh maker' }, '/src', "'./fresh maker/manager'"],
])('with %j in %s it is %s', (env, cwd, name) => {
  expect(programName({ env, cwd })).toBe(name);
});

test.each([
  ['Type `db upgrade +1`.', 'Type `freshmaker db upgrade +1`.'],
  ['Create it with `createdb`.', 'Create it with `freshmaker createdb`.'],
  ['`db heads`, then `db merge heads`', '`freshmaker db heads`, then `freshmaker db merge heads`'],
  ['Type `--help`.', 'Type `freshmaker --help`.'],
  ['Set `databaseUrl`, or db upgrade.', 'Set `databaseUrl`, or db upgrade.'],
  ['`db`', '`freshmaker db`'],
  ['`dbs`', '`dbs`'],
])('%s reads %s', (text, named) => {
  expect(nameProgram(text, { env: {}, cwd: '/' })).toBe(named);
});
