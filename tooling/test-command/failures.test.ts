import { failures } from './failures.ts';

const file = (status: string, ...tests: readonly { status: string; messages?: readonly string[] }[]) => ({
  name: '/project/packages/a/b.test.ts',
  status,
  message: 'cannot be loaded',
  assertionResults: tests.map((test, index) => ({
    status: test.status,
    fullName: `test ${index}`,
    failureMessages: test.messages ?? [],
  })),
});

test.each([
  ['nothing failed', [file('passed', { status: 'passed' }, { status: 'pending' })], ''],
  [
    'a test failed',
    [file('failed', { status: 'passed' }, { status: 'failed', messages: ['Expected: 1\n\nReceived: 2'] })],
    'FAILED packages/a/b.test.ts › test 1\n    Expected: 1\n    Received: 2\n',
  ],
  [
    'two tests failed',
    [file('failed', { status: 'failed' }), file('failed', { status: 'failed', messages: ['no'] })],
    'FAILED packages/a/b.test.ts › test 0\nFAILED packages/a/b.test.ts › test 0\n    no\n',
  ],
  ['a test is skipped', [file('focused', { status: 'passed' }, { status: 'pending' })], ''],
  ['a file could not be loaded', [file('failed')], 'FAILED packages/a/b.test.ts\n    cannot be loaded\n'],
])('%s', (_, testResults, text) => {
  expect(failures({ testResults }, '/project')).toBe(text);
});
