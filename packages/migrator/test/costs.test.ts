import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '../src/autogenerate/compare.ts';
import { current } from '../src/commands/current.ts';
import { branches, heads, history, show } from '../src/commands/history.ts';
import { planUpgradeSteps } from '../src/commands/plan.ts';
import { stamp } from '../src/commands/stamp.ts';
import { downgrade, upgrade } from '../src/commands/upgrade.ts';
import { dialectOf } from '../src/dialects/dialect-of.ts';
import type { Driver, Session } from '../src/driver/driver.ts';
import type { SchemaOperation } from '../src/operations/operation.ts';
import { Operations } from '../src/operations/operations.ts';
import { compilePart } from '../src/runtime/compiled-step.ts';
import { openDriver } from '../src/runtime/open-driver.ts';
import { emptySchema } from '../src/schema/schema.ts';
import { replay } from '../src/script/replay.ts';
import { readHistory } from '../src/script/script-directory.ts';
import { countReads } from './count-reads.ts';
import { countSteps } from './count-steps.ts';
import { chain, writeHistory } from './runtime/history.ts';
import { engines } from './runtime/place.ts';

const folder = mkdtempSync(join(tmpdir(), 'migrator-costs-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Where the scripts of these histories note that they were imported. */
const noted = globalThis as { importedScripts?: string[] };

async function importedBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  noted.importedScripts = [];
  await work();
  return noted.importedScripts;
}

const idOf = (at: number) => `a${String(at).padStart(5, '0')}`;

/** A chain of revisions in a folder of its own; the first creates a table, the others add columns to it. */
function longChain(length: number) {
  const directory = mkdtempSync(join(folder, 'scripts-'));
  const steps = Array.from({ length }, (_, at): [string, string] => {
    const column = at === 0 ? 'id' : `column_${at}`;
    const made = `column('${column}', t.integer(), { primaryKey: ${at === 0} })`;
    const up = at === 0 ? `op.createTable('builds', [${made}]);` : `op.addColumn('builds', ${made});`;
    // Behind its function, the script says that it was imported.
    return [idOf(at), `${up}\n}\n(globalThis.importedScripts ??= []).push('${idOf(at)}');\n{`];
  });
  return writeHistory(directory, chain(...steps));
}

function newDriver(): Driver {
  return openDriver({ dialect: 'sqlite', path: join(mkdtempSync(join(folder, 'database-')), 'database.db') });
}

describe('What is read of scripts', () => {
  const small = longChain(40);
  const large = longChain(80);

  test.each<[string, (scripts: typeof small) => Promise<unknown>]>([
    ['reading the history', readHistory],
    ['heads', (scripts) => heads({ scripts })],
    ['history', (scripts) => history({ scripts })],
    ['branches', (scripts) => branches({ scripts })],
    ['show', (scripts) => show({ scripts }, 'head')],
    ['current', (scripts) => current({ scripts, driver: newDriver() })],
  ])('%s: every script once, and none is imported', async (_, work) => {
    for (const [scripts, length] of [
      [small, 40],
      [large, 80],
    ] as const) {
      let reads = 0;
      const imported = await importedBy(async () => {
        reads = await countReads(() => work(scripts));
      });
      expect(imported).toEqual([]);
      expect(reads).toBe(length);
    }
  });

  test('only what runs is imported, each script once', async () => {
    const scripts = longChain(30);
    const driver = newDriver();
    const context = { scripts, driver };
    expect(await importedBy(() => stamp(context, idOf(9)))).toEqual([]);
    expect(await importedBy(() => current(context))).toEqual([]);
    expect(await importedBy(() => upgrade(context, idOf(9)))).toEqual([]);
    await stamp(context, 'base');
    const firstTen = Array.from({ length: 10 }, (_, at) => idOf(at));
    expect(await importedBy(() => upgrade(context, idOf(9)))).toEqual(firstTen);
    expect(await importedBy(() => upgrade(context, '+2'))).toEqual([idOf(10), idOf(11)]);
    await driver.close();
  });

  test('a plan imports what it would run', async () => {
    const scripts = longChain(30);
    const context = { scripts, driver: newDriver() };
    expect(await importedBy(() => planUpgradeSteps(context, '+3'))).toEqual([idOf(0), idOf(1), idOf(2)]);
  });
});

describe.each(engines)('What a revision asks of $name', ({ open, dialect }) => {
  /** PostgreSQL: the transaction with its lock, the version rows, the change, the version row, the end. */
  const each = dialect === 'postgresql' ? 5 : 13;

  /** The statements of all revisions that one call runs. */
  async function statementsOf(driver: Driver, work: (driver: Driver) => Promise<unknown>) {
    const statements: string[] = [];
    const counting: Driver = {
      dialect: driver.dialect,
      description: driver.description,
      exists: () => driver.exists(),
      create: () => driver.create(),
      close: () => driver.close(),
      withSession: (use) =>
        driver.withSession((session) =>
          use({
            kysely: () => session.kysely(),
            query: (sql, parameters) => {
              statements.push(sql);
              return session.query(sql, parameters);
            },
            queryInTurn: (all) => {
              statements.push(all.join('; '));
              return session.queryInTurn(all);
            },
          } satisfies Session),
        ),
    };
    await work(counting);
    return statements;
  }

  test('as many statements as the one before, however long the history is', async () => {
    await using place = await open();
    const { driver } = place;
    const scripts = longChain(60);
    const up = (target: string) =>
      statementsOf(driver, (counting) => upgrade({ scripts, driver: counting }, target));
    await up('+1');
    const counts = [];
    for (const steps of [1, 2, 4, 8, 16]) counts.push((await up(`+${steps}`)).length);
    const [one = 0, two = 0] = counts;
    expect(two - one).toBe(each);
    expect(counts).toEqual([1, 2, 4, 8, 16].map((steps) => one + (steps - 1) * each));
  });

  test('no more of an empty database than to find it empty', async () => {
    await using place = await open();
    await place.driver.create();
    const upgradeTo = (target: string) => (driver: Driver) =>
      upgrade({ scripts: longChain(5), driver }, target);
    const statements = await statementsOf(place.driver, upgradeTo('+2'));
    const asking = statements.filter((each) => /(?:xinfo|to_regclass)\('alembic_version'\)/.test(each));
    // Once to plan, once inside the lock.
    expect(asking).toHaveLength(2);
  });

  test('two for a data step, beside what that does itself', async () => {
    await using place = await open();
    const scripts = place.scripts(
      chain(
        ['aaaa01', "op.createTable('t', [column('a', t.integer())]);"],
        ['aaaa02', ''],
        ['aaaa03', "op.run(async (db) => { await db.insertInto('t').values({ a: 1 }).execute(); });"],
      ),
    );
    await upgrade({ scripts, driver: place.driver }, 'aaaa01');
    const counts = [];
    for (const _ of ['without', 'with']) {
      const statements = await statementsOf(place.driver, (driver) => upgrade({ scripts, driver }, '+1'));
      counts.push(statements.length);
    }
    const [without = 0, withStep = 0] = counts;
    expect(withStep - without).toBe(2);
  });

  test('on the way down as well', async () => {
    await using place = await open();
    const { driver } = place;
    const scripts = longChain(20);
    await upgrade({ scripts, driver }, 'head');
    const down = (steps: number) =>
      statementsOf(driver, (counting) => downgrade({ scripts, driver: counting }, `-${steps}`));
    const [one, two, four] = [(await down(1)).length, (await down(2)).length, (await down(4)).length];
    expect(four - two).toBe(2 * (two - one));
  });
});

/** Tables in a row, each with a foreign key to the one before and an index. */
function tables(count: number): readonly SchemaOperation[] {
  const op = new Operations();
  for (let at = 0; at < count; at++) {
    op.createTable(`table_${at}`, [
      op.column('id', op.t.integer(), { primaryKey: true }),
      op.column('number', op.t.integer()),
      ...(at === 0 ? [] : [op.foreignKey(['number'], `table_${at - 1}`, ['id'])]),
    ]);
    op.createIndex(`ix_table_${at}`, `table_${at}`, ['number']);
  }
  return op.recorded as readonly SchemaOperation[];
}

describe.each(['sqlite', 'postgresql'] as const)('On %s', (name) => {
  const dialect = dialectOf(name);
  const live = (count: number) => replay(tables(count), dialect);

  test('comparing costs twice as much for twice the tables', () => {
    const cost = (count: number) => {
      const input = { live: live(count), models: live(count), dialect };
      return countSteps(() => expect(compare(input).operations).toEqual([]));
    };
    const [few, many] = [cost(100), cost(200)];
    expect(few).toBeGreaterThan(100);
    expect(many).toBeLessThan(few * 2.1);
  });

  test('a revision that changes every table has as many statements for each', () => {
    const statements = (count: number) => {
      const op = new Operations();
      for (let at = 0; at < count; at++) op.alterColumn(`table_${at}`, 'number', { nullable: false });
      const changes = op.recorded as readonly SchemaOperation[];
      return compilePart(changes, dialect, live(count)).compiled.statements.length;
    };
    expect(statements(50)).toBe(50 * statements(1));
    expect(statements(100)).toBe(100 * statements(1));
  });

  test('a revision that changes one table looks at each of the others a few times', () => {
    const cost = (count: number) => {
      const op = new Operations();
      op.alterColumn('table_5', 'number', { nullable: false });
      const before = live(count);
      return countSteps(() => compilePart(op.recorded as readonly SchemaOperation[], dialect, before));
    };
    expect(cost(200)).toBeLessThan(cost(100) * 2.1);
  });

  test('the empty schema costs next to nothing', () => {
    expect(countSteps(() => compare({ live: emptySchema, models: emptySchema, dialect }))).toBeLessThan(200);
  });
});
