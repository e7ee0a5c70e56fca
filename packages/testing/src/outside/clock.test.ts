import { Clock } from './clock.ts';

test('it stands still until it is moved, and goes back to its start', () => {
  const clock = new Clock(new Date('2020-01-01T00:00:00Z'));
  expect(clock.now()).toEqual(new Date('2020-01-01T00:00:00Z'));
  clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5 });
  expect(clock.now().toISOString()).toBe('2020-01-02T02:03:04.005Z');
  clock.advance(-4005);
  expect(clock.now().toISOString()).toBe('2020-01-02T02:03:00.000Z');
  clock.set('2021-05-05T05:05:05Z');
  expect(clock.now().toISOString()).toBe('2021-05-05T05:05:05.000Z');
  clock.reset();
  expect(clock.now().toISOString()).toBe('2020-01-01T00:00:00.000Z');
});

test('a date that was handed out does not move it', () => {
  const clock = new Clock();
  clock.now().setFullYear(1999);
  expect(clock.now().toISOString()).toBe('2017-08-21T13:42:20.000Z');
});

test.each([['no date'], [new Date(Number.NaN)]])('%s is refused', (instant) => {
  expect(() => new Clock().set(instant)).toThrow(RangeError);
});
