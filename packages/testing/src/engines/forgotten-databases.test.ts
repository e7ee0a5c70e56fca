import { copyName, isForgotten, templateName, usedToday } from './forgotten-databases.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const hour = 60 * 60 * 1000;

test.each([
  [`freshmaker_test_${now - 23 * hour}_1_a_1`, null, false],
  [`freshmaker_test_${now - 25 * hour}_1_a_1`, null, true],
  [`freshmaker_test_${now - 25 * hour}_1_a_1`, 'kept: a test', false],
  ['freshmaker_test_of_somebody_else', null, false],
  ['freshmaker_template_abc', 'last used on 2026-11-16', false],
  ['freshmaker_template_abc', 'last used on 2026-11-14', true],
  ['freshmaker_template_abc', null, false],
  ['somebody', 'last used on 2026-11-14', false],
])('the database %s with the comment %j is forgotten: %s', (name, comment, forgotten) => {
  expect(isForgotten({ name, comment }, now)).toBe(forgotten);
});

test('what was just made or used is not', () => {
  expect(isForgotten({ name: copyName('1_a_1'), comment: null }, Date.now())).toBe(false);
  expect(isForgotten({ name: templateName('abc'), comment: usedToday() }, Date.now())).toBe(false);
});
