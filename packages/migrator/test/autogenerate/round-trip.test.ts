import fc from 'fast-check';
import { compare } from '../../src/autogenerate/compare.ts';
import { type Comparison, type Decisions, noDecisions } from '../../src/autogenerate/comparison.ts';
import { downgradeOf } from '../../src/autogenerate/downgrade.ts';
import { mergeDecisions } from '../../src/autogenerate/merge-decisions.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { arbitrarySchema, sampleOf } from './arbitrary-schema.ts';
import { engines, type TestDatabase } from './engine.ts';
import { settle } from './settle.ts';

/** Agrees to every drop, and fills what must be filled. */
function decide(comparison: Comparison): Decisions {
  return mergeDecisions(
    ...comparison.ambiguities.map((each): Partial<Decisions> => {
      const { kind, table } = each;
      const column = each.column ?? '';
      if (kind === 'backfill') return { backfills: [{ table, column, sql: sampleOf(column) }] };
      if (kind === 'using') throw new Error(each.question);
      return each.choices.at(-1)?.decision ?? noDecisions;
    }),
  );
}

/** One row per table, pointing to the others. */
async function fill({ byHand, dialect }: TestDatabase, schema: Schema): Promise<void> {
  const quote = (name: string) => dialect.quoteIdentifier(name);
  for (const table of schema.tables) {
    const columns = table.columns.filter((each) => !each.name.endsWith('_id') && each.name !== 'kind');
    const values = columns.map((each) => (each.name === 'id' ? '1' : sampleOf(each.name)));
    await byHand(
      `INSERT INTO ${quote(table.name)} (${columns.map((each) => quote(each.name)).join(', ')}) VALUES (${values.join(', ')})`,
    );
  }
  for (const table of schema.tables) {
    for (const key of table.foreignKeys) {
      await byHand(`UPDATE ${quote(table.name)} SET ${quote(key.columns[0] as string)} = 1`);
    }
    if (table.columns.some((each) => each.name === 'kind')) {
      await byHand(`UPDATE ${quote(table.name)} SET kind = 'b'`);
    }
  }
}

async function contents({ query, dialect }: TestDatabase, from: Schema, to: Schema) {
  const quote = (name: string) => dialect.quoteIdentifier(name);
  const common = from.tables.filter((table) => to.tables.some((each) => each.name === table.name));
  return Promise.all(
    common.map(async (table) => {
      const there = to.tables.find((each) => each.name === table.name)?.columns ?? [];
      const columns = table.columns.filter((each) => there.some((other) => other.name === each.name));
      const rows = await query(
        `SELECT ${columns.map((each) => quote(each.name)).join(', ')} FROM ${quote(table.name)}`,
      );
      return rows.map((row) => Object.values(row).map(comparable));
    }),
  );
}

/** A value whatever the driver makes of its type; a moment moves with its time zone. */
function comparable(value: unknown): string {
  if (value instanceof Date) return 'a moment';
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

describe.each(engines)('from any models to any others, on $name', ({ dialect, lend }) => {
  const runs = dialect.name === 'sqlite' ? 60 : 12;

  test('the script leads to exactly the new ones, its downgrade back, and rows stay', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySchema, arbitrarySchema, (first, second) =>
        lend(async (database) => {
          const creation = compare({ live: await database.inspect(), models: first, dialect });
          expect(creation.ambiguities).toEqual([]);
          await database.migrate(creation.operations);
          const live = await database.inspect();
          const history = creation.operations;
          expect(compare({ live, models: first, dialect, history }).operations).toEqual([]);
          await fill(database, first);
          const before = await contents(database, first, second);

          const { comparison: decided } = settle({ live, models: second, dialect, history }, decide);
          expect(decided.ambiguities).toEqual([]);
          await database.migrate(decided.operations);
          const changed = await database.inspect();
          expect(compare({ live: changed, models: second, dialect }).operations).toEqual([]);
          expect(await contents(database, first, second)).toEqual(before);

          await database.migrate(downgradeOf(decided));
          const restored = await database.inspect();
          expect(compare({ live: restored, models: first, dialect, history }).operations).toEqual([]);
        }),
      ),
      { numRuns: runs, includeErrorInReport: true },
    );
  });
});
