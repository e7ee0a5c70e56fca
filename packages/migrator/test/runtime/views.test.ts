import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, versionsOf } from './place.ts';

const start = `op.createTable('t', [column('id', t.integer(), { primaryKey: true }), column('a', t.string(9), { nullable: false })]);
  op.bulkInsert('t', [{ id: 1, a: 'x' }]);
  op.execute('CREATE VIEW v AS SELECT a FROM t');`;

const widen = `op.alterColumn('t', 'a', { type: t.text() });`;

test.each(engines)('$name: a view is taken away and made again around a change of type', async (engine) => {
  await using place = await engine.open();
  const around = `op.execute('DROP VIEW v'); ${widen} op.execute('CREATE VIEW v AS SELECT a FROM t');`;
  const scripts = place.scripts(chain(['aaaa01', start], ['aaaa02', around]));
  expect((await upgrade({ driver: place.driver, scripts })).current).toEqual(['aaaa02']);
  expect(await place.query('SELECT a FROM v')).toEqual([{ a: 'x' }]);
});

test.each(engines)('$name: a view in the way is named, and nothing is done', async (engine) => {
  await using place = await engine.open();
  const scripts = place.scripts(
    chain(['aaaa01', start], ['aaaa02', `op.bulkInsert('t', [{ id: 2, a: 'y' }]); ${widen}`]),
  );
  const done = upgrade({ driver: place.driver, scripts });
  // SQLite asks no view for leave.
  if (engine.dialect === 'sqlite') expect((await done).current).toEqual(['aaaa02']);
  else {
    await expect(done).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringContaining('column "a" of "t" cannot get another type: view v uses it'),
      facts: { revision: 'aaaa02', dependents: ['view v'], applied: [{ revision: 'aaaa01' }] },
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await place.query('SELECT id, a FROM t')).toEqual([{ id: 1, a: 'x' }]);
  }
});
