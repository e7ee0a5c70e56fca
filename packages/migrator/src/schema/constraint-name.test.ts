import { defaultConstraintName } from './constraint-name.ts';

// Names read from a PostgreSQL server that was given the same tables.
test.each([
  ['users', 'unique', ['username'], 'users_username_key'],
  ['events', 'primaryKey', ['id'], 'events_pkey'],
  ['artifact_builds', 'foreignKey', ['dep_on_id'], 'artifact_builds_dep_on_id_fkey'],
  ['t', 'check', ['a'], 't_a_check'],
  ['t', 'check', [], 't_check'],
] as const)('%s %s (%s) is called %s', (table, kind, columns, expected) => {
  expect(defaultConstraintName(table, kind, columns)).toBe(expected);
});

test('the longer part is cut until the name fits in 63 bytes, never through a character', () => {
  expect(defaultConstraintName('t'.repeat(60), 'unique', ['c'.repeat(60)])).toBe(
    `${'t'.repeat(29)}_${'c'.repeat(29)}_key`,
  );
  const umlauts = defaultConstraintName('ä'.repeat(40), 'primaryKey', []);
  expect(umlauts).toBe(`${'ä'.repeat(29)}_pkey`);
});

test('a name that is taken gets a number', () => {
  const taken = ['t_a_key', 't_a_key1'];
  expect(defaultConstraintName('t', 'unique', ['a'], (name) => taken.includes(name))).toBe('t_a_key2');
});
