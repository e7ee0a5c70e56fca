import { dialectOf } from '../../src/dialects/dialect-of.ts';
import { normalizeSchema } from '../../src/dialects/postgresql/normalize-schema.ts';
import { MigratorError } from '../../src/errors.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { Operations } from '../../src/operations/operations.ts';
import type { RevisionStep } from '../../src/revision/plan.ts';
import { printSteps } from '../../src/runtime/offline.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { replay } from '../../src/script/replay.ts';
import { goldenCases } from '../golden/cases.ts';
import { comparable } from '../sqlite-database.ts';
import { shellEngines } from './engines.ts';

function recorded(
  ...scripts: readonly ((op: Operations) => void)[]
): { step: RevisionStep; operations: readonly Operation[] }[] {
  return scripts.map((script, at) => {
    const op = new Operations();
    script(op);
    const revision = `r${at}`;
    const step: RevisionStep = {
      revision: {
        revision,
        downRevisions: [],
        dependsOn: [],
        branchLabels: [],
        message: '',
        doc: '',
        createDate: null,
        path: `${revision}.ts`,
      },
      direction: 'upgrade',
      fromRevisions: at === 0 ? [] : [`r${at - 1}`],
      toRevisions: [revision],
      versionChange:
        at === 0
          ? { deletes: [], updates: [], inserts: [revision] }
          : { deletes: [], updates: [{ from: `r${at - 1}`, to: revision }], inserts: [] },
    };
    return { step, operations: op.recorded };
  });
}

describe.each(shellEngines)('$name', ({ dialect: name, lend }) => {
  const dialect = dialectOf(name);
  const options = { dialect, before: emptySchema, fromBase: true, skipDataSteps: false };
  const known = (script: (typeof goldenCases)[number]) => {
    try {
      replay(
        recorded(script.before, script.change).flatMap((each) => each.operations),
        dialect,
      );
      return true;
    } catch (error) {
      if (error instanceof MigratorError) return false;
      throw error;
    }
  };

  test.each(goldenCases.filter(known))(
    'the SQL of $name leads to the schema it says',
    async ({ before, change }) => {
      const steps = recorded(before, change);
      const text = await printSteps(steps, options).catch((error: unknown) => {
        if (error instanceof MigratorError && error.code === 'OPERATION_NOT_SUPPORTED') return null;
        throw error;
      });
      if (text === null) return;
      const foretold = replay(
        steps.flatMap((each) => each.operations),
        dialect,
      );
      await lend(async (database) => {
        await database.feed(text.join('\n'));
        const found = await database.inspect();
        const tables = found.tables.filter((table) => table.name !== 'alembic_version');
        const normal = name === 'sqlite' ? comparable : normalizeSchema;
        expect(normal({ ...found, tables })).toEqual(normal(foretold));
      });
    },
  );

  test('a rebuild fed to a shell keeps rows and children, and fails where running it would', async () => {
    const { t, column, foreignKey } = new Operations();
    const steps = recorded(
      (op) => {
        op.createTable('parents', [
          column('id', t.integer(), { primaryKey: true }),
          column('note', t.text()),
        ]);
        op.createTable('children', [
          column('id', t.integer(), { primaryKey: true }),
          column('parent_id', t.integer()),
          foreignKey(['parent_id'], 'parents', ['id'], { onDelete: 'CASCADE' }),
        ]);
        op.bulkInsert('parents', [
          { id: 1, note: "it's -- one;" },
          { id: 2, note: null },
        ]);
        op.bulkInsert('children', [
          { id: 1, parent_id: 1 },
          { id: 2, parent_id: 2 },
        ]);
      },
      (op) => op.alterColumn('parents', 'note', { nullable: false, backfill: 'none' }),
      (op) => op.createUniqueConstraint('uq_children', 'children', ['parent_id']),
    );
    const text = (await printSteps(steps, options)).join('\n');
    await lend(async (database) => {
      await database.feed(text);
      expect(await database.contents()).toMatchObject({
        parents: [
          { id: 1, note: "it's -- one;" },
          { id: 2, note: 'none' },
        ],
        children: [
          { id: 1, parent_id: 1 },
          { id: 2, parent_id: 2 },
        ],
      });
    });
    const halves = text.split(/(?=^-- Running upgrade r1 -> r2)/m);
    await lend(async (database) => {
      await database.feed(halves[0] as string);
      await database.feed('INSERT INTO children (id, parent_id) VALUES (3, 1);');
      await expect(database.feed(halves[1] as string)).rejects.toThrow(/uq_children|children.parent_id/);
    });
  });

  test('the statements of data steps carry their values', async () => {
    const steps = recorded((op) => {
      op.createTable('t', [
        op.column('id', op.t.integer(), { primaryKey: true }),
        op.column('note', op.t.text()),
      ]);
      op.execute(
        name === 'sqlite'
          ? 'INSERT INTO t (id, note) VALUES (?, ?)'
          : 'INSERT INTO t (id, note) VALUES ($1, $2)',
        [1, "?'$1"],
      );
      op.run<{ t: { id: number; note: string | null } }>(async (db, context) => {
        await db
          .insertInto('t')
          .values({ id: 2, note: `${context.direction} \\ "x"; --` })
          .execute();
        await db
          .updateTable('t')
          .set((row) => ({ id: row('id', '-', -1) }))
          .where('id', '=', 2)
          .execute();
      });
    });
    const text = (await printSteps(steps, options)).join('\n');
    await lend(async (database) => {
      await database.feed(text);
      expect((await database.contents()).t).toEqual([
        { id: 1, note: "?'$1" },
        { id: 3, note: 'upgrade \\ "x"; --' },
      ]);
    });
  });

  test.each<[string, Parameters<Operations['run']>[0]]>([
    [
      'rows of a query',
      async (db) =>
        void (
          await db
            .selectFrom('t' as never)
            .selectAll()
            .execute()
        ).length,
    ],
    [
      'one row',
      async (db) =>
        void (await db
          .selectFrom('t' as never)
          .selectAll()
          .executeTakeFirst()),
    ],
    [
      'the count of an update',
      async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('t' as never)
          .set({} as never)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows > 1n) throw new Error('never reached');
      },
    ],
    [
      'batches',
      async (_, context) => {
        for await (const batch of context.batches('t')) void batch;
      },
    ],
    [
      'rows, with the error caught',
      async (db) => {
        try {
          void (
            await db
              .selectFrom('t' as never)
              .selectAll()
              .execute()
          )[0];
        } catch {}
      },
    ],
  ])('a step that looks at %s is refused', async (_, step) => {
    const steps = recorded((op) => op.run(step));
    await expect(printSteps(steps, options)).rejects.toMatchObject({
      code: 'OFFLINE_NOT_POSSIBLE',
      facts: { revision: 'r0', step: 1 },
    });
  });
});
