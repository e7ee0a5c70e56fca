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
])('with %j, %s is left out: %s', (patterns, table, expected) => {
  expect(excludedTables(patterns, ['alembic_version'])(table)).toBe(expected);
});
