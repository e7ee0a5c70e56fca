import { moveLeadingFlags } from './leading-flags.ts';

test.each([
  ['db current', 'db current'],
  ['--json db current', 'db current --json'],
  ['db --json current', 'db current --json'],
  ['-d DIR db -v upgrade head', 'db upgrade head -d DIR -v'],
  ['--config=FILE db show -- -1', 'db show --config=FILE -- -1'],
  ['db downgrade -1', 'db downgrade -1'],
  ['createdb -q', 'createdb -q'],
  ['db', 'db'],
  ['--help', '--help'],
  ['--json --help', '--help --json'],
])('%s is read as %s', (typed, read) => {
  expect(moveLeadingFlags(typed.split(' ')).join(' ')).toBe(read);
});

test.each(['--json', 'db --json', '-d DIR', '-q db', '-d', 'db --nope'])('%s lacks a command', (typed) => {
  expect(() => moveLeadingFlags(typed.split(' '))).toThrow('No command is given');
});
