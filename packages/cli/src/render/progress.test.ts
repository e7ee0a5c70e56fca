import { describeProgress } from './progress.ts';
import { remainingTime } from './remaining-time.ts';

const progress = { type: 'progress', message: 'Rows of "events"' } as const;

test.each([
  [{ ...progress }, 0, 'Rows of "events"'],
  [{ ...progress, done: 1200 }, 0, 'Rows of "events": 1,200'],
  [{ ...progress, done: 1000, total: 5000 }, 2000, 'Rows of "events": 1,000 of 5,000, 8 s left'],
  [{ ...progress, done: 1000, total: 5000 }, 100, 'Rows of "events": 1,000 of 5,000'],
])('%j after %i ms reads as %s', (event, elapsed, expected) => {
  expect(describeProgress(event, elapsed)).toBe(expected);
});

test.each([
  [0, 10, 1000, null],
  [10, 10, 1000, null],
  [1, 2, 1000, '1 s'],
  [1, 101, 1000, '2 min'],
  [1, 10801, 1000, '3 h'],
])('%i of %i after %i ms leaves %s', (done, total, elapsed, expected) => {
  expect(remainingTime(done, total, elapsed)).toBe(expected);
});
