import fc from 'fast-check';
import { compare } from '../../src/autogenerate/compare.ts';
import { type Comparison, type Decisions, noDecisions } from '../../src/autogenerate/comparison.ts';
import { downgradeOf } from '../../src/autogenerate/downgrade.ts';
import { changedByHand } from '../../src/autogenerate/drift.ts';
import { mergeDecisions } from '../../src/autogenerate/merge-decisions.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { engines, type TestDatabase } from './engine.ts';
import { history, models, rows } from './mutations/mutation.ts';
import { change, type Draw, draws } from './random-changes.ts';
import { recorded } from './recorded.ts';
import { settle } from './settle.ts';

/** Says yes to what is proposed first, or last: a rename where there may be one, or a drop. */
function decide({ ambiguities }: Comparison, first: boolean): Decisions {
  const taken = new Set<string>();
  return mergeDecisions(
    ...ambiguities.map((each): Partial<Decisions> => {
      const { kind, table, column } = each;
      if (kind === 'backfill')
        return { backfills: [{ table, column: column ?? '', sql: fillings(models, table, column) }] };
      if (kind === 'using') return noDecisions;
      const free = each.choices.filter(({ flag }) => !taken.has(targetOf(flag[1], table)));
      const choice = (first ? free.at(0) : free.at(-1)) ?? each.choices.at(-1);
      taken.add(targetOf(choice?.flag[1] ?? '', table));
      return choice?.decision ?? noDecisions;
    }),
  );
}

/** Two things cannot be renamed to one. */
function targetOf(value: string, table: string): string {
  return value.includes(':') ? `${value.includes('.') ? table : ''}:${value.split(':').at(-1)}` : value;
}

function fillings(schema: Schema, table: string, column: string | null): string {
  const found = schema.tables
    .find((each) => each.name === table)
    ?.columns.find(({ name }) => name === column);
  return found?.type.kind === 'string' || found?.type.kind === 'text' ? "'filled'" : '99';
}

/** Values of what both schemas have, whatever they are called. */
async function contents({ query, dialect }: TestDatabase, schema: Schema): Promise<unknown> {
  const quote = (name: string) => dialect.quoteIdentifier(name);
  const all: Record<string, unknown> = {};
  for (const { name, columns } of schema.tables) {
    const list = columns.map((each) => quote(each.name)).join(', ');
    const text =
      dialect.name === 'sqlite' ? list : columns.map((each) => `${quote(each.name)}::text`).join(', ');
    all[name] = await query(`SELECT ${text} FROM ${quote(name)}`);
  }
  return all;
}

/** Rows that the models do not allow, or whose values are none of the models' type. */
const rowsInTheWay =
  /FOREIGN_KEY_VIOLATED|violates|could not create unique index|do not fit|does not convert|would cut|NULL|null values|constraint failed|invalid input|out of range|too long|cannot cast/;

async function refused(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => String(error),
  );
}

const losing = ['dropTable', 'dropColumn'];

describe.each(engines)('what somebody may do by hand, on $name', ({ dialect, lend }) => {
  let whole = 0;
  const runs = dialect.name === 'sqlite' ? 100 : 15;

  test('is seen, mended, not seen any more, and brought back with its rows', async () => {
    await fc.assert(
      fc.asyncProperty(draws, fc.boolean(), (some, first) =>
        lend((database) => tryOut(database, some, first)),
      ),
      { numRuns: runs, includeErrorInReport: true },
    );
    expect(whole).toBeGreaterThan(runs / 2);
  });

  async function tryOut(database: TestDatabase, some: readonly Draw[], first: boolean): Promise<void> {
    await database.migrate(history);
    await database.byHand(...rows);
    for (const draw of some) {
      const schema = await database.inspect();
      // What the database does not let anybody do is not done.
      await refused((async () => database.migrate(recorded((op) => change(op, draw, schema))))());
    }
    const live = await database.inspect();
    const before = await contents(database, live);
    const input = { models, dialect, history };

    const { comparison, decisions } = settle({ ...input, live }, (asked) => decide(asked, first));
    const byHand = changedByHand({ live, applied: history, dialect });
    expect(byHand.operations.length === 0).toBe(comparison.operations.length === 0);

    const refusal = await refused(database.migrate(comparison.operations));
    if (refusal !== null) {
      expect(refusal).toMatch(rowsInTheWay);
      return;
    }
    const mended = await database.inspect();
    expect(compare({ ...input, live: mended }).operations).toEqual([]);
    expect(changedByHand({ live: mended, applied: history, dialect }).operations).toEqual([]);

    const kept = await refused(database.migrate(downgradeOf(comparison)));
    if (kept !== null) {
      // What a backfill wrote, or a rename brought together, may be no value of the old column.
      expect(kept).toMatch(rowsInTheWay);
      return;
    }
    whole++;
    const restored = await database.inspect();
    expect(compare({ live: restored, models: live, dialect }).operations).toEqual([]);
    expect(compare({ live, models: restored, dialect }).operations).toEqual([]);
    const losesSome = comparison.operations.some(({ kind }) => losing.includes(kind));
    if (!losesSome && decisions.backfills.length === 0)
      expect(await contents(database, live)).toEqual(before);
  }
});
