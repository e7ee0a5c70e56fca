import { type CompletedCommand, candidates } from './candidates.ts';

const global = [
  { name: 'json', takesValue: false, options: [] },
  { name: 'directory', char: 'd', takesValue: true, options: [] },
];
const commands: readonly CompletedCommand[] = [
  { name: 'createdb', flags: global, takesRevisions: false },
  { name: 'db current', flags: global, takesRevisions: false },
  {
    name: 'db upgrade',
    flags: [...global, { name: 'lock', takesValue: true, options: ['wait', 'fail', 'skip'] }],
    takesRevisions: true,
  },
  {
    name: 'db revision',
    flags: [...global, { name: 'head', takesValue: true, options: [] }],
    takesRevisions: false,
  },
];
const revisions = async () => ['head', '-1', 'fcba8824bf8d', 'feature'];

test.each([
  ['', ['createdb', 'db']],
  ['cr', ['createdb']],
  ['db ', ['current', 'upgrade', 'revision']],
  ['db u', ['upgrade']],
  ['--json db c', ['current']],
  ['db upgrade f', ['fcba8824bf8d', 'feature']],
  ['db upgrade --lo', ['--lock']],
  ['db upgrade --lock ', ['wait', 'fail', 'skip']],
  ['db upgrade --lock wait h', ['head']],
  ['db upgrade -', ['--json', '--directory', '--lock', '-1']],
  ['db revision --head f', ['fcba8824bf8d', 'feature']],
  ['db revision ', []],
  ['db current -d ', []],
  ['nothing ', []],
])('`%s` may go on with %j', async (line, expected) => {
  expect(await candidates(line.split(' '), { commands, revisions })).toEqual(expected);
});
