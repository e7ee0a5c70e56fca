import { rowQuestions, withoutIdleQuestions } from '../../src/autogenerate/ask-database.ts';
import { compare } from '../../src/autogenerate/compare.ts';
import { type Decisions, noDecisions } from '../../src/autogenerate/comparison.ts';
import { parseDecisions } from '../../src/autogenerate/decision-flags.ts';
import { requireDecided } from '../../src/autogenerate/require-decided.ts';
import { MigratorError } from '../../src/errors.ts';
import { apply } from '../../src/operations/apply.ts';
import type { Operations } from '../../src/operations/operations.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { engines, type TestDatabase } from './engine.ts';
import { recorded } from './recorded.ts';

const history = recorded((op) => {
  op.createTable('events', [
    op.column('id', op.t.integer(), { primaryKey: true }),
    op.column('title', op.t.string(50)),
    op.column('note', op.t.text()),
    op.unique(['title'], { name: 'events_title_key' }),
  ]);
  op.createTable('builds', [
    op.column('id', op.t.integer(), { primaryKey: true }),
    op.column('event_id', op.t.integer()),
    op.foreignKey(['event_id'], 'events', ['id'], { name: 'builds_event_id_fkey' }),
  ]);
  op.createIndex('events_title_index', 'events', ['title']);
});

/** The models after a change, said in the words of a script. */
const changed = (script: (op: Operations) => void) =>
  [...history, ...recorded(script)].reduce(apply, emptySchema);

async function ask(
  database: TestDatabase,
  script: (op: Operations) => void,
  decisions: Decisions = noDecisions,
) {
  const { dialect } = database;
  const live = await database.inspect();
  const comparison = compare({ live, models: changed(script), dialect, history, decisions });
  const session = {
    query: async (sql: string) => ({ rows: (await database.query(sql)) as never, affected: 0 }),
    queryInTurn: undefined as never,
    kysely: undefined as never,
  };
  return withoutIdleQuestions(comparison, rowQuestions(session, dialect), decisions);
}

const flagsOf = ({ ambiguities }: Awaited<ReturnType<typeof ask>>) =>
  ambiguities.map(({ kind, choices }) => [kind, ...choices.map(({ flag }) => flag.join(' '))]);

const rows = [
  "INSERT INTO events (id, title) VALUES (1, 'one'), (2, NULL)",
  'INSERT INTO builds (id, event_id) VALUES (1, 1)',
];

describe.each(engines)('what is never guessed, on $name', ({ dialect, lend }) => {
  const withTables = <Result>(work: (database: TestDatabase) => Promise<Result>, filled = true) =>
    lend(async (database) => {
      await database.migrate(history);
      if (filled) await database.byHand(...rows);
      return work(database);
    });

  test('a column that is gone, a rename proposed first, the likeliest of them before others', () =>
    withTables(async (database) => {
      const asked = await ask(database, (op) => {
        op.dropIndex('events_title_index');
        op.dropConstraint('events_title_key', 'events');
        op.dropColumn('events', 'title');
        op.addColumn('events', op.column('count', op.t.integer()));
        op.addColumn('events', op.column('event_title', op.t.string(50)));
      });
      expect(flagsOf(asked)).toEqual([
        [
          'renameColumn',
          '--rename events.title:event_title',
          '--rename events.title:count',
          '--allow-drop events.title',
        ],
      ]);
      const error = (() => {
        try {
          requireDecided(asked);
          return null;
        } catch (thrown) {
          return thrown as MigratorError;
        }
      })();
      expect(error).toBeInstanceOf(MigratorError);
      expect(error?.toJSON()).toMatchObject({ code: 'AMBIGUOUS_CHANGE' });
      expect(error?.message).toContain('Column "title" of "events" is in the database and in no model.');
      expect(error?.message).toContain('--rename events.title:event_title');
      expect(error?.hint).toContain('--allow-drop events.title');
    }));

  test('a drop, even of an empty table', () =>
    withTables(async (database) => {
      const script = (op: Operations) => {
        op.dropTable('builds');
        op.dropColumn('events', 'note');
      };
      const asked = await ask(database, script);
      expect(flagsOf(asked)).toEqual([
        ['dropTable', '--allow-drop builds'],
        ['dropColumn', '--allow-drop events.note'],
      ]);
      const decisions = parseDecisions({ allowDrop: ['builds', 'events.note'] });
      const decided = await ask(database, script, decisions);
      expect(requireDecided(decided)).toEqual([
        { kind: 'dropColumn', table: 'events', column: 'note', allowDataLoss: true },
        { kind: 'dropTable', table: 'builds', allowDataLoss: true },
      ]);
    }, false));

  test('a rename keeps rows, keys and indexes, and is one operation', () =>
    withTables(async (database) => {
      const models = (op: Operations) => {
        op.renameTable('events', 'happenings');
        op.renameColumn('happenings', 'title', 'headline');
      };
      const asked = await ask(database, models);
      expect(flagsOf(asked)).toEqual([['renameTable', '--rename events:happenings', '--allow-drop events']]);
      for (const flag of ['events.title:headline', 'happenings.title:headline']) {
        const decided = await ask(database, models, parseDecisions({ rename: ['events:happenings', flag] }));
        expect(requireDecided(decided)).toEqual([
          { kind: 'renameTable', table: 'events', to: 'happenings' },
          { kind: 'renameColumn', table: 'happenings', column: 'title', to: 'headline' },
        ]);
      }
      const decided = await ask(
        database,
        models,
        parseDecisions({ rename: ['events:happenings', 'events.title:headline'] }),
      );
      await database.migrate(decided.operations);
      expect(await database.query('SELECT id, headline FROM happenings ORDER BY id')).toEqual([
        { id: 1, headline: 'one' },
        { id: 2, headline: null },
      ]);
      expect(await database.query('SELECT event_id FROM builds')).toEqual([{ event_id: 1 }]);
      const after = compare({
        live: await database.inspect(),
        models: changed(models),
        dialect,
        history: [...history, ...decided.operations],
      });
      expect(after.operations).toEqual([]);
    }));

  test('what a column would be filled with is asked when it is clear that none has become it', () =>
    withTables(async (database) => {
      const models = (op: Operations) => {
        op.dropColumn('events', 'title');
        op.addColumn('events', op.column('headline', op.t.string(50), { nullable: false }));
      };
      expect(flagsOf(await ask(database, models))).toEqual([
        ['renameColumn', '--rename events.title:headline', '--allow-drop events.title'],
      ]);
      const dropped = parseDecisions({ allowDrop: ['events.title'] });
      expect(flagsOf(await ask(database, models, dropped))).toEqual([
        ['backfill', '--backfill events.headline=SQL'],
      ]);
    }));

  test('NOT NULL where there are NULLs, and only there', async () => {
    const models = (op: Operations) => op.alterColumn('events', 'title', { nullable: false });
    await withTables(async (database) => {
      expect(flagsOf(await ask(database, models))).toEqual([['backfill', '--backfill events.title=SQL']]);
      const decided = await ask(database, models, parseDecisions({ backfill: ["events.title='none'"] }));
      await database.migrate(requireDecided(decided));
      expect(await database.query('SELECT title FROM events ORDER BY id')).toEqual([
        { title: 'one' },
        { title: 'none' },
      ]);
      await database.migrate(history.slice(0, 0));
    });
    await withTables(async (database) => {
      await database.byHand("UPDATE events SET title = 'two' WHERE title IS NULL");
      const asked = await ask(database, models);
      expect(asked.ambiguities).toEqual([]);
      await database.migrate(requireDecided(asked));
    });
  });

  test('a column that takes no NULL and has no default, where there are rows, and only there', async () => {
    const models = (op: Operations) =>
      op.addColumn('events', op.column('state', op.t.integer(), { nullable: false }));
    await withTables(async (database) => {
      expect(flagsOf(await ask(database, models))).toEqual([['backfill', '--backfill events.state=SQL']]);
      const decided = await ask(database, models, parseDecisions({ backfill: ['events.state=id * 2'] }));
      await database.migrate(requireDecided(decided));
      expect(await database.query('SELECT state FROM events ORDER BY id')).toEqual([
        { state: 2 },
        { state: 4 },
      ]);
    });
    await withTables(async (database) => {
      const asked = await ask(database, models);
      expect(asked.ambiguities).toEqual([]);
      await database.migrate(requireDecided(asked));
    }, false);
  });

  test('a conversion that PostgreSQL does not make by itself, where there are rows, and only there', async () => {
    const models = (op: Operations) => {
      op.dropIndex('events_title_index');
      op.alterColumn('events', 'note', { type: op.t.integer() });
    };
    await withTables(async (database) => {
      const asked = flagsOf(await ask(database, models));
      expect(asked).toEqual(dialect.name === 'sqlite' ? [] : [['using', '--using events.note=SQL']]);
      await database.byHand("UPDATE events SET note = '41'");
      const decided = await ask(
        database,
        models,
        parseDecisions({ using: ['events.note=CAST(note AS INTEGER) + 1'] }),
      );
      await database.migrate(requireDecided(decided));
      expect(await database.query('SELECT note FROM events')).toEqual([{ note: 42 }, { note: 42 }]);
    });
    await withTables(async (database) => {
      const asked = await ask(database, models);
      expect(asked.ambiguities).toEqual([]);
      await database.migrate(requireDecided(asked));
      expect((await ask(database, models)).operations).toEqual([]);
    }, false);
  });

  test.each([
    [{ rename: ['nothing:happenings'] }, 'there is no table "nothing"'],
    [{ rename: ['events:builds'] }, 'a model still has the table "events"'],
    [{ rename: ['builds.nothing:x'] }, 'has no column "nothing"'],
    [{ rename: ['builds.event_id:x'] }, 'a model still has the column'],
    [{ rename: ['events.note:nothing'] }, 'no model has a column "nothing"'],
    [{ allowDrop: ['events'] }, 'nothing of that name is dropped'],
    [{ allowDrop: ['events.title'] }, 'nothing of that name is dropped'],
    [{ backfill: ['events.title=1'] }, 'no such column becomes NOT NULL'],
    [{ using: ['events.title=1'] }, 'no such column changes its type'],
  ])('an answer to a question that nobody asked is refused: %j', (flags, message) =>
    withTables(async (database) => {
      const models = (op: Operations) => op.dropColumn('events', 'note');
      const refused = ask(database, models, parseDecisions(flags));
      await expect(refused).rejects.toMatchObject({ code: 'USAGE_INVALID' });
      await expect(refused).rejects.toThrow(message);
    }),
  );
});
