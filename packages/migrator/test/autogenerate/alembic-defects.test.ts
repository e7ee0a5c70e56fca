import { compare } from '../../src/autogenerate/compare.ts';
import { parseDecisions } from '../../src/autogenerate/decision-flags.ts';
import { downgradeOf } from '../../src/autogenerate/downgrade.ts';
import { renderScript } from '../../src/autogenerate/render-script.ts';
import { apply } from '../../src/operations/apply.ts';
import type { Operations } from '../../src/operations/operations.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { engines, type TestDatabase } from './engine.ts';
import { recorded } from './recorded.ts';

const history = recorded((op) => {
  op.createTable('events', [
    op.column('id', op.t.integer(), { primaryKey: true }),
    op.column('message_id', op.t.string(), { nullable: false }),
    op.column('state', op.t.integer(), { nullable: false, serverDefault: '0' }),
    op.check('state >= 0', { name: 'events_state' }),
  ]);
  op.createTable('users', [
    op.column('id', op.t.integer(), { primaryKey: true }),
    op.column('username', op.t.string(200), { nullable: false, unique: true }),
    op.column('event_id', op.t.integer()),
    op.foreignKey(['event_id'], 'events', ['id']),
  ]);
  op.createIndex('idx_event_message_id', 'events', ['message_id'], { unique: true });
});

/** The script that a change of the models leads to. */
async function scriptFor(
  database: TestDatabase,
  change: (op: Operations) => void,
  flags = {},
): Promise<string> {
  const { dialect } = database;
  await database.migrate(history);
  const models = [...history, ...recorded(change)].reduce(apply, emptySchema);
  const comparison = compare({
    live: await database.inspect(),
    models,
    dialect,
    history,
    decisions: parseDecisions(flags),
  });
  await database.migrate(comparison.operations);
  const again = compare({ live: await database.inspect(), models, dialect, history });
  expect(again.operations).toEqual([]);
  const downgrade = downgradeOf(comparison);
  await database.migrate(downgrade);
  const back = history.reduce(apply, emptySchema);
  expect(compare({ live: await database.inspect(), models: back, dialect, history }).operations).toEqual([]);
  return renderScript({
    revision: '0123456789ab',
    downRevisions: [],
    message: '',
    createDate: '',
    upgrade: comparison.operations,
    downgrade,
  });
}

describe.each(engines)('what Alembic gets wrong, on $name', ({ dialect, lend }) => {
  test('a dropped unique index comes back unique', () =>
    lend(async (database) => {
      const script = await scriptFor(database, (op) => op.dropIndex('idx_event_message_id'));
      expect(script).toContain(
        "op.createIndex('idx_event_message_id', 'events', ['message_id'], { unique: true });",
      );
    }));

  test('a dropped foreign key without a name is found by its columns', () =>
    lend(async (database) => {
      const script = await scriptFor(database, (op) =>
        op.dropConstraint(null, 'users', { type: 'foreignKey', columns: ['event_id'] }),
      );
      const name = dialect.name === 'sqlite' ? 'null' : "'users_event_id_fkey'";
      expect(script).toContain(
        `op.dropConstraint(${name}, 'users', { type: 'foreignKey', columns: ['event_id'] });`,
      );
      expect(script).toContain("op.createForeignKey(null, 'users', 'events', ['event_id'], ['id']);");
    }));

  test('a dropped UNIQUE without a name is seen', () =>
    lend(async (database) => {
      const script = await scriptFor(database, (op) =>
        op.dropConstraint(null, 'users', { type: 'unique', columns: ['username'] }),
      );
      expect(script).toContain("{ type: 'unique', columns: ['username'] }");
      expect(script).toContain("op.createUniqueConstraint(null, 'users', ['username']);");
    }));

  test('a renamed table is no drop', () =>
    lend(async (database) => {
      const script = await scriptFor(database, (op) => op.renameTable('users', 'accounts'), {
        rename: ['users:accounts'],
      });
      expect(script).toContain(`export function upgrade(op: Operations): void {
  op.renameTable('users', 'accounts');
}

export function downgrade(op: Operations): void {
  op.renameTable('accounts', 'users');
}`);
    }));

  test('a changed default is seen', () =>
    lend(async (database) => {
      const script = await scriptFor(database, (op) =>
        op.alterColumn('events', 'state', { serverDefault: 1 }),
      );
      expect(script).toContain("op.alterColumn('events', 'state', { serverDefault: 1 });");
      expect(script).toContain("op.alterColumn('events', 'state', { serverDefault: '0' });");
    }));

  test('a changed check is seen', () =>
    lend(async (database) => {
      const script = await scriptFor(database, (op) => {
        op.dropConstraint('events_state', 'events');
        op.createCheckConstraint('events_state', 'events', 'state >= 1');
      });
      expect(script).toContain("op.createCheckConstraint('events_state', 'events', 'state >= 1');");
      expect(script).toContain("op.createCheckConstraint('events_state', 'events', 'state >= 0');");
    }));

  test('a chain of 1,000 tables linked by foreign keys is created and compared', () =>
    lend(async (database) => {
      const tables = recorded((op) => {
        for (let at = 999; at >= 0; at--) {
          op.createTable(`t${at}`, [
            op.column('id', op.t.integer(), { primaryKey: true }),
            op.column('next_id', op.t.integer()),
            ...(at === 999 ? [] : [op.foreignKey(['next_id'], `t${at + 1}`, ['id'])]),
          ]);
        }
      });
      const created = tables.reduce(apply, emptySchema);
      const models = { ...created, tables: created.tables.toReversed() };
      const creation = compare({ live: await database.inspect(), models, dialect });
      expect(creation.operations).toHaveLength(1000);
      expect(creation.operations.every((each) => each.kind === 'createTable')).toBe(true);
      await database.migrate(creation.operations);
      const live = await database.inspect();
      expect(compare({ live, models, dialect, history: creation.operations }).operations).toEqual([]);
      const end = compare({ live, models: emptySchema, dialect });
      expect(end.operations).toHaveLength(1000);
      await database.migrate(end.operations);
      expect((await database.inspect()).tables).toEqual([]);
    }));
});
