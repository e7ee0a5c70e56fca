import { assertionFailure } from './assertion.ts';

describe('assertionFailure', () => {
  test.each([
    ['{rows} rows hold NULL.', { holds: 0, rows: 3 }, '3 rows hold NULL.'],
    ['{ROWS} and {rows}', { rows: 3 }, '{ROWS} and 3'],
    ['Table "{rows}" {}', undefined, 'Table "{rows}" {}'],
    ['{a}{a}', { a: '{a}' }, '{a}{a}'],
  ])('%s', (message, row, expected) => {
    expect(assertionFailure(message, row)).toBe(expected);
  });
});
