import { refuseSwitchValues } from './switch-values.ts';

const flags = {
  json: { type: 'boolean', char: 'j' },
  quiet: { type: 'boolean' },
  message: { type: 'option', char: 'm' },
};

test.each([
  [['--json=yes'], 'json'],
  [['--json='], 'json'],
  [['head', '--message=x', '--quiet=false'], 'quiet'],
  [['-m', 'x', '--json=1'], 'json'],
  [['--message=--json', '--json=1'], 'json'],
])('%j: --%s takes no value', (argv, name) => {
  expect(() => refuseSwitchValues(argv, flags)).toThrow(`Flag --${name} takes no value`);
});

test.each([
  [['--json', '--message=--json=yes', 'json=yes']],
  [['--message', '--json=yes']],
  [['-m', '--json=yes']],
  [['--', '--json=yes']],
  [['--unknown=yes', '--toString=yes']],
])('%j is fine', (argv) => {
  expect(() => refuseSwitchValues(argv, flags)).not.toThrow();
});
