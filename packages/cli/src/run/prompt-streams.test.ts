import { promptStreams } from './prompt-streams.ts';

const terminal = (columns: number | undefined) =>
  ({ stdin: () => ({ isTTY: true }), stderr: { isTTY: true, columns, write: () => true } }) as never;

test.each([
  [40, 38],
  [undefined, 78],
  [0, 78],
])('a terminal of %p columns has lines of %i for questions', (columns, expected) => {
  expect(promptStreams(terminal(columns), { json: false })?.().lineLength).toBe(expected);
});

test('a program that reads the answer is asked nothing', () => {
  expect(promptStreams(terminal(80), { json: true })).toBeNull();
});
