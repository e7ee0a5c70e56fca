import { excludedTables } from './table-filter.ts';

test.each([
  [{}, 'events', false],
  [{}, 'alembic_version', true],
  [{ exclude: ['tmp_*'] }, 'tmp_events', true],
  [{ exclude: ['tmp_*'] }, 'tmpevents', false],
  [{ exclude: ['event?'] }, 'events', true],
  [{ exclude: ['event?'] }, 'event', false],
  [{ exclude: ['a.b'] }, 'axb', false],
  [{ exclude: ['*'] }, 'line\nbreak', true],
  [{ include: ['events', 'artifact_*'] }, 'artifact_builds', false],
  [{ include: ['events', 'artifact_*'] }, 'users', true],
  [{ include: ['*'], exclude: ['users'] }, 'users', true],
  [{ include: ['alembic_version'] }, 'alembic_version', true],
  [{ exclude: [/^tmp_/] }, 'tmp_events', true],
  [{ exclude: [/^tmp_/] }, 'events', false],
])('with %o, %s is left out: %s', (patterns, table, expected) => {
  expect(excludedTables(patterns, ['alembic_version'])(table)).toBe(expected);
});

test('an expression that goes on where it ended leaves out the same tables each time', () => {
  const isExcluded = excludedTables({ exclude: [/tmp/g] }, []);
  expect([isExcluded('tmp'), isExcluded('tmp')]).toEqual([true, true]);
});
