import { stamp } from '../../src/commands/stamp.ts';
import { downgrade, upgrade } from '../../src/commands/upgrade.ts';
import { chain, type Script } from './history.ts';
import {
  contentsOf,
  engines,
  hasCheckpoint,
  newFolder,
  type Place,
  placeOf,
  postgresql,
  versionsOf,
} from './place.ts';

/** What a script of these tests asks before it goes on: it may fail. */
type Hook = (value: unknown) => unknown;
const hooks = globalThis as { runtimeTestHook?: Hook };
afterEach(() => {
  delete hooks.runtimeTestHook;
});

const table = `op.createTable('numbers', [column('id', t.integer(), { primaryKey: true }), column('value', t.integer())]);
  op.bulkInsert('numbers', Array.from({ length: 10 }, (_, at) => ({ id: at + 1, value: 0 })));`;

/** Adds one to every value, batch by batch; tells the hook the ids of each batch after it has changed them. */
const addOne = `op.run(async (db, context) => {
    for await (const rows of context.batches('numbers', { size: 3 })) {
      const ids = rows.map((row) => row.id);
      await db.updateTable('numbers').set((eb) => ({ value: eb('value', '+', 1) })).where('id', 'in', ids).execute();
      globalThis.runtimeTestHook?.(ids);
    }
  }, { transactional: false });`;

const around = chain(
  ['aaaa01', table],
  [
    'aaaa02',
    `op.addColumn('numbers', column('before', t.integer())); ${addOne} op.addColumn('numbers', column('after', t.integer()));`,
  ],
);

function contextOf(place: Place, history: readonly Script[]) {
  return { driver: place.driver, scripts: place.scripts(history) };
}

const values = async (place: Place) =>
  (await place.query<{ value: number }>('SELECT value FROM numbers ORDER BY id')).map((row) => row.value);

describe.each(engines)('$name: a data step outside the transaction', (engine) => {
  test('walks on where it was interrupted, every row once', async () => {
    await using place = await engine.open();
    const context = contextOf(place, around);
    const walked: unknown[] = [];
    hooks.runtimeTestHook = (ids) => {
      walked.push(ids);
      if (walked.length === 3) throw new Error('power cut');
    };
    await expect(upgrade(context)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      facts: { revision: 'aaaa02', operationsDone: 1, operations: 3, applied: [{ revision: 'aaaa01' }] },
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await hasCheckpoint(place)).toBe(true);
    expect(await values(place)).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);

    const progress: unknown[] = [];
    const listener = (event: { type: string }) => void (event.type === 'progress' && progress.push(event));
    const { applied, current } = await upgrade({ ...context, listener });
    expect(applied).toEqual([{ revision: 'aaaa02', direction: 'upgrade', durationMs: expect.any(Number) }]);
    expect(current).toEqual(['aaaa02']);
    expect(progress).toEqual([
      { type: 'progress', message: 'Rows of "numbers"', done: 9, total: 10 },
      { type: 'progress', message: 'Rows of "numbers"', done: 10, total: 10 },
    ]);
    expect(walked).toEqual([[1, 2, 3], [4, 5, 6], [7, 8, 9], [7, 8, 9], [10]]);
    expect(await values(place)).toEqual(Array(10).fill(1));
    expect(await hasCheckpoint(place)).toBe(false);
  });

  test('nothing but the revision itself goes on while it is half done', async () => {
    await using place = await engine.open();
    const context = contextOf(place, around);
    hooks.runtimeTestHook = () => {
      throw new Error('power cut');
    };
    await expect(upgrade(context)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    const before = await contentsOf(place);
    await expect(downgrade(context)).rejects.toMatchObject({
      code: 'REVISION_UNFINISHED',
      hint: expect.stringContaining('db upgrade aaaa02'),
      facts: { revision: 'aaaa02', direction: 'upgrade', operationsDone: 1, owner: { pid: process.pid } },
    });
    expect(await contentsOf(place)).toEqual(before);
    expect(await versionsOf(place)).toEqual(['aaaa01']);
  });

  test('a script changed in what has run is refused; one changed in the rest is not', async () => {
    await using place = await engine.open();
    hooks.runtimeTestHook = () => {
      throw new Error('power cut');
    };
    await expect(upgrade(contextOf(place, around))).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    delete hooks.runtimeTestHook;

    const changed = chain(
      ['aaaa01', table],
      ['aaaa02', `op.addColumn('numbers', column('other', t.integer())); ${addOne}`],
    );
    await using again = await reopened(place);
    await expect(upgrade(contextOf(again, changed))).rejects.toMatchObject({
      code: 'REVISION_UNFINISHED',
      message: expect.stringContaining('its script was changed'),
    });
    const corrected = chain(
      ['aaaa01', table],
      [
        'aaaa02',
        `op.addColumn('numbers', column('before', t.integer())); op.dropColumn('numbers', 'before');`,
      ],
    );
    await using third = await reopened(place);
    expect((await upgrade(contextOf(third, corrected))).current).toEqual(['aaaa02']);
    expect(await values(place)).toEqual(Array(10).fill(0));
    expect(await hasCheckpoint(place)).toBe(false);
  });

  test('a stamp says where the database is, and forgets what was half done', async () => {
    await using place = await engine.open();
    const context = contextOf(place, around);
    hooks.runtimeTestHook = () => {
      throw new Error('power cut');
    };
    await expect(upgrade(context)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    expect(await stamp(context, 'aaaa01')).toEqual({ applied: [], current: ['aaaa01'] });
    expect(await hasCheckpoint(place)).toBe(false);
    expect((await downgrade(contextOf(place, around), 'base')).current).toEqual([]);
  });

  test('what fails before anything is done leaves nothing behind', async () => {
    await using place = await engine.open();
    const broken = chain(['aaaa01', table], ['aaaa02', `op.execute('SELECT broken'); ${addOne}`]);
    const context = contextOf(place, broken);
    await expect(upgrade(context)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('was rolled back'),
    });
    expect(await hasCheckpoint(place)).toBe(false);
    expect((await downgrade(context, 'base')).applied).toHaveLength(1);
  });

  test('a half done branch is finished before the others', async () => {
    await using place = await engine.open();
    const branches: Script[] = [
      { revision: 'aaaa01', down: null, up: table },
      { revision: 'bbbb02', down: 'aaaa01', up: addOne },
      { revision: 'cccc02', down: 'aaaa01', up: `op.addColumn('numbers', column('c', t.integer()));` },
    ];
    const context = contextOf(place, branches);
    hooks.runtimeTestHook = () => {
      throw new Error('power cut');
    };
    await expect(upgrade(context, 'bbbb02')).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    await expect(upgrade(context, 'cccc02')).rejects.toMatchObject({ code: 'REVISION_UNFINISHED' });
    delete hooks.runtimeTestHook;
    const { applied } = await upgrade(context, 'heads');
    expect(applied.map((each) => each.revision).toSorted()).toEqual(['bbbb02', 'cccc02']);
    expect(await values(place)).toEqual(Array(10).fill(1));
  });

  test('a loop that is left keeps its batch; a walk inside a walk is refused', async () => {
    await using place = await engine.open();
    const script = (body: string) =>
      chain(
        ['aaaa01', table],
        ['aaaa02', `op.run(async (db, context) => { ${body} }, { transactional: false });`],
      );
    const set = `await db.updateTable('numbers').set({ value: 7 }).where('id', '=', row.id).execute();`;
    await upgrade(
      contextOf(
        place,
        script(`for await (const [row] of context.batches('numbers', { size: 1 })) { ${set} break; }`),
      ),
    );
    expect(await values(place)).toEqual([7, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    await using nested = await engine.open();
    await expect(
      upgrade(
        contextOf(
          nested,
          script(`for await (const [row] of context.batches('numbers', { size: 1 })) { ${set}
            for await (const _ of context.batches('numbers')); }`),
        ),
      ),
    ).rejects.toMatchObject({ message: expect.stringContaining('began inside another one') });
    expect(await values(nested)).toEqual(Array(10).fill(0));
  });
});

/** The same database, with a folder of its own for scripts: a process loads a script once. */
async function reopened(place: Place): Promise<Place> {
  return placeOf(place.settings, newFolder(), async () => undefined);
}

describe.each(postgresql)('$name: a lock that is lost', (engine) => {
  const pausing = chain(
    ['aaaa01', table],
    [
      'aaaa02',
      `op.run(async (db, context) => {
        await globalThis.runtimeTestHook?.('pause');
        for await (const rows of context.batches('numbers', { size: 3 }))
          await db.updateTable('numbers').set((eb) => ({ value: eb('value', '+', 1) }))
            .where('id', 'in', rows.map((row) => row.id)).execute();
      }, { transactional: false });`,
    ],
  );

  test('lets another one finish, and nothing of the first is committed any more', async () => {
    await using place = await engine.open();
    await using other = await reopened(place);
    const paused = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    hooks.runtimeTestHook = () => {
      delete hooks.runtimeTestHook;
      paused.resolve();
      return goOn.promise;
    };
    const first = upgrade(contextOf(place, pausing));
    first.catch(() => undefined);
    await paused.promise;
    const ended = await place.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`,
    );
    expect(ended).toHaveLength(1);
    expect((await upgrade(contextOf(other, pausing))).current).toEqual(['aaaa02']);
    goOn.resolve();
    await expect(first).rejects.toMatchObject({
      code: 'REVISION_UNFINISHED',
      message: expect.stringContaining('taken over'),
    });
    expect(await values(place)).toEqual(Array(10).fill(1));
  });
});

describe.each(postgresql)('$name: schema operations outside the transaction', (engine) => {
  const unique = chain(
    ['aaaa01', table],
    [
      'aaaa02',
      `op.createIndex('idx_numbers_value', 'numbers', ['value'], { unique: true, concurrently: true });
       op.addColumn('numbers', column('after', t.integer()));`,
      `op.dropColumn('numbers', 'after'); op.dropIndex('idx_numbers_value', 'numbers', { concurrently: true });`,
    ],
  );

  test('an index that could not be built is replaced by the next run', async () => {
    await using place = await engine.open();
    const context = contextOf(place, unique);
    await expect(upgrade(context)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      facts: { revision: 'aaaa02', statement: expect.stringContaining('CONCURRENTLY') },
    });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    await place.query('UPDATE numbers SET value = id');
    expect((await upgrade(context)).current).toEqual(['aaaa02']);
    const indexes = await place.query(
      "SELECT indisvalid FROM pg_index WHERE indexrelid = 'idx_numbers_value'::regclass",
    );
    expect(indexes).toEqual([{ indisvalid: true }]);
    expect(await hasCheckpoint(place)).toBe(false);

    expect((await downgrade(context)).current).toEqual(['aaaa01']);
    expect((await upgrade(context)).current).toEqual(['aaaa02']);
  });

  test('NOT NULL through a check goes on after rows stood in its way; the check does not stay', async () => {
    await using place = await engine.open();
    const history = chain(
      ['aaaa01', table],
      [
        'aaaa02',
        `op.alterColumn('numbers', 'value', { type: t.bigInteger() });
         op.alterColumn('numbers', 'value', { nullable: false, concurrently: true });`,
      ],
    );
    const context = contextOf(place, history);
    await upgrade(context, 'aaaa01');
    await place.query('UPDATE numbers SET value = NULL WHERE id = 3');
    await expect(upgrade(context)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    await place.query('UPDATE numbers SET value = 3 WHERE id = 3');
    await upgrade(context);
    const [column] = await place.query<{ type: string; required: boolean }>(
      "SELECT atttypid::regtype::text AS type, attnotnull AS required FROM pg_attribute WHERE attrelid = 'numbers'::regclass AND attname = 'value'",
    );
    expect(column).toEqual({ type: 'bigint', required: true });
    expect(
      await place.query(
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = 'numbers'::regclass",
      ),
    ).toEqual([]);
  });

  test('a constraint is validated apart from being made', async () => {
    await using place = await engine.open();
    const history = chain([
      'aaaa01',
      `${table} op.createForeignKey('fk_self', 'numbers', 'numbers', ['value'], ['id'], { notValid: true });
       op.execute('UPDATE numbers SET value = 1'); op.validateConstraint('fk_self', 'numbers');`,
    ]);
    expect((await upgrade(contextOf(place, history))).current).toEqual(['aaaa01']);
    expect(await place.query("SELECT convalidated FROM pg_constraint WHERE conname = 'fk_self'")).toEqual([
      { convalidated: true },
    ]);
  });
});
