import { scriptFileName, slugOf } from './script-name.ts';

test.each([
  ['Add events.time_done', 'add_events_time_done'],
  [`Add foo & bar: it's "quoted" äöü/x.y 100%`, 'add_foo_bar_it_s_quoted_aou_x_y_100'],
  ['drop column events.requester_metadata (removed)', 'drop_column_events_requester_metadata'],
  ['add NOT NULL column with server default ', 'add_not_null_column_with_server_default'],
  [`${'x'.repeat(60)} long`, 'x'.repeat(40)],
  [`${'word '.repeat(20)}`, 'word_word_word_word_word_word_word_word'],
  ['日本語', ''],
  ['', ''],
  ['../../etc/passwd', 'etc_passwd'],
])('the slug of %j is %j', (message, slug) => {
  expect(slugOf(message)).toBe(slug);
  expect(slug.length).toBeLessThanOrEqual(40);
});

test('a file is called after its revision and message', () => {
  expect(scriptFileName('0123456789ab', 'Add x')).toBe('0123456789ab_add_x.ts');
  expect(scriptFileName('0123456789ab', '')).toBe('0123456789ab.ts');
});
