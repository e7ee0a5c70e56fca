import {
  ArtifactBuildState,
  ArtifactType,
  buildListRequest,
  EventState,
  EventType,
  enumList,
  eventListRequest,
  InvalidParameterError,
  pageMeta,
} from '../src/index.ts';

const query = (text: string) => new URLSearchParams(text);

test.each([
  ['order_by=-foo', /^An invalid order_by key was suplied, allowed keys are: \['id', 'name', 'event_id'/],
  ['order_by=', /^An invalid order_by key was suplied/],
  ['order_by=-', /^An invalid order_by key was suplied/],
  ['order_by=message_id', /^An invalid order_by key was suplied/],
  ['type=100', /^An invalid artifact type was supplied$/],
  ['type=nope', /^An invalid artifact type was supplied$/],
  ['state=100', /^An invalid state was supplied$/],
  ['state=nope', /^An invalid state was supplied$/],
  ['event_id=abc', /^Invalid event_id was supplied: abc$/],
  ['build_id=1.5', /^Invalid build_id/],
  ['dep_on_id=2147483648', /^Invalid dep_on_id/],
  ['event_type_id=x', /^Invalid event_type_id/],
])('a list of builds refuses %s', (text, message) => {
  expect(() => buildListRequest(query(text))).toThrow(InvalidParameterError);
  expect(() => buildListRequest(query(text))).toThrow(message);
});

test.each([
  ['order_by=-foo', "An invalid order_by key was suplied, allowed keys are: ['id', 'message_id']"],
  ['order_by=', "An invalid order_by key was suplied, allowed keys are: ['id', 'message_id']"],
  ['state=invalid', 'Invalid state was supplied: invalid'],
  ['state=', 'Invalid state was supplied: '],
  ['state=complete&state=-1', 'Invalid state was supplied: -1'],
  ['event_type_id=abc', 'Invalid event_type_id was supplied: abc'],
  ['event_type_id=', 'Invalid event_type_id was supplied: '],
  ['event_type_id=99999999999', 'Invalid event_type_id was supplied: 99999999999'],
  ['state=99999999999', 'Invalid state was supplied: 99999999999'],
])('a list of events refuses %s', (text, message) => {
  try {
    eventListRequest(query(text));
    expect('accepted').toBe('refused');
  } catch (error) {
    expect(error).toMatchObject({ message, status: 400, code: 'INVALID_PARAMETER' });
  }
});

test.each([
  ['', 1, true],
  ['', 2, false],
  ['show_full_json=True', 2, true],
  ['show_full_json=False', 1, false],
  ['show_full_json=maybe', 1, true],
] as const)('show_full_json: "%s" in version %p is %p', (text, version, full) => {
  expect(eventListRequest(query(text), version).full).toBe(full);
});

describe('links of a page', () => {
  const meta = (numbers: { page: number; pages: number; total: number }, url: string) =>
    pageMeta({ perPage: 10, ...numbers }, new URL(url));

  test('keep all values of repeated parameters', () => {
    const url =
      'http://localhost:5001/api/1/events/?state=a&page=2&state=b&per_page=10&_x=1&endpoint=e&search_key=';
    const link = (page: number) =>
      `http://localhost:5001/api/1/events/?page=${page}&per_page=10&state=a&state=b&search_key=`;
    expect(meta({ page: 2, pages: 3, total: 25 }, url)).toEqual({
      page: 2,
      pages: 3,
      per_page: 10,
      total: 25,
      first: link(1),
      last: link(3),
      prev: link(1),
      next: link(3),
    });
  });

  test.each([
    [{ page: 1, pages: 1, total: 3 }, null, null, 1],
    [{ page: 1, pages: 0, total: 0 }, null, null, 1],
    [{ page: 5, pages: 3, total: 25 }, 4, null, 3],
    [{ page: 3, pages: 3, total: 25 }, 2, null, 3],
    [{ page: 1, pages: 3, total: 25 }, null, 2, 3],
  ])('%p', (numbers, prev, next, last) => {
    const link = (page: number | null) => (page === null ? null : `http://h/x?page=${page}&per_page=10`);
    expect(meta(numbers, 'http://h/x')).toMatchObject({
      prev: link(prev),
      next: link(next),
      last: link(last),
    });
  });
});

test('lists of members', () => {
  expect(enumList(ArtifactBuildState)).toEqual([
    { name: 'BUILD', id: 0 },
    { name: 'DONE', id: 1 },
    { name: 'FAILED', id: 2 },
    { name: 'CANCELED', id: 3 },
    { name: 'PLANNED', id: 4 },
  ]);
  expect(enumList(ArtifactType).map(({ name }) => name)).toEqual([
    'RPM',
    'IMAGE',
    'MODULE',
    'IMAGE_REPOSITORY',
  ]);
  expect(enumList(EventState)).toHaveLength(6);
  expect(enumList(EventType).map(({ id }) => id)).toEqual(Array.from({ length: 19 }, (_, id) => id));
});
