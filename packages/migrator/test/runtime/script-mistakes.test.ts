import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, versionsOf } from './place.ts';

const start = `op.createTable('t', [column('id', t.integer(), { primaryKey: true }), column('a', t.text()), column('b', t.integer())]);
  op.bulkInsert('t', [{ id: 1, a: 'x', b: 1 }, { id: 2, a: 'y', b: 1 }]);`;

describe.each(engines)('$name: what a script cannot mean is refused', (engine) => {
  test.each([
    [
      'an index on a column that is not there',
      `op.createIndex('ix', 't', ['zz']);`,
      /Table "t" has no column "zz"\./,
      'OPERATION_INVALID',
    ],
    [
      'a foreign key to fewer columns',
      `op.createForeignKey('fk', 't', 't', ['a', 'b'], ['id']);`,
      /The foreign key \(a, b\) refers to \(id\) of "t": one column to one column each\./,
      'SCRIPT_INVALID',
    ],
    [
      'a key with a column twice',
      `op.createUniqueConstraint('uq', 't', ['a', 'a']);`,
      /createUniqueConstraint: "columns" is a list and must be a list of different names\./,
      'SCRIPT_INVALID',
    ],
    [
      'a foreign key to a table that is not there',
      `op.createTable('n', [column('id', t.integer(), { primaryKey: true }), op.foreignKey(['id'], 'nope', ['id'])]);`,
      /refers to "nope", and there is no such table\.|relation "nope" does not exist\./,
      expect.stringMatching(/^(OPERATION_INVALID|MIGRATION_FAILED)$/),
    ],
    [
      'a foreign key to columns that are no key',
      `op.createForeignKey('fk', 't', 't', ['b'], ['b']);`,
      /which is no key there\.|no unique constraint matching given keys/,
      expect.stringMatching(/^(OPERATION_INVALID|MIGRATION_FAILED)$/),
    ],
    [
      'a default of a new computed column',
      `op.addColumn('t', column('g', t.integer(), { generated: 'b + 1', serverDefault: 1 }));`,
      /Column "g" is computed and cannot have a default\./,
      'SCRIPT_INVALID',
    ],
    [
      'a default of a computed column',
      `op.addColumn('t', column('g', t.integer(), { generated: 'b + 1' })); op.alterColumn('t', 'g', { serverDefault: 1 });`,
      /Column "g" of "t" is computed and cannot have a default\./,
      'OPERATION_INVALID',
    ],
    [
      'a new column whose check no row meets',
      `op.addColumn('t', column('c', t.integer(), { serverDefault: 1, check: 'c > 2' }));`,
      /2 row\(s\) of table "t" violate the check \(c > 2\), such as c = 1\.|A row of table "t" violates the check "t_c_check"\./,
      'MIGRATION_FAILED',
    ],
  ])('%s', async (_, step, message, code) => {
    await using place = await engine.open();
    const scripts = place.scripts(chain(['aaaa01', start], ['aaaa02', step]));
    await expect(upgrade({ driver: place.driver, scripts })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    // What cannot be recorded keeps all of a plan from being run.
    expect(await versionsOf(place)).toEqual(code === 'SCRIPT_INVALID' ? [] : ['aaaa01']);
  });

  test('but two new tables may refer to each other', async () => {
    await using place = await engine.open();
    const make = `op.createTable('one', [column('id', t.integer(), { primaryKey: true }), column('two_id', t.integer())]);
      op.createTable('two', [column('id', t.integer(), { primaryKey: true }), column('one_id', t.integer()), op.foreignKey(['one_id'], 'one', ['id'])]);
      op.createForeignKey('fk', 'one', 'two', ['two_id'], ['id']);`;
    const scripts = place.scripts(chain(['aaaa01', make]));
    expect((await upgrade({ driver: place.driver, scripts })).current).toEqual(['aaaa01']);
  });
});
