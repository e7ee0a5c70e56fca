import fc from 'fast-check';
import { downgrade, upgrade } from '../../src/commands/upgrade.ts';
import { Choices, quoted } from '../random-schema.ts';
import { chain } from './history.ts';
import { contentsOf, type Place, postgresql, sqlite, versionsOf } from './place.ts';
import type { Table } from './random-columns.ts';
import { randomHistory } from './random-history.ts';

const runs = Number(process.env.FRESHMAKER_PROPERTY_RUNS ?? 12);
const numbers = fc.array(fc.nat({ max: 1000 }), { minLength: 150, maxLength: 400 });

/** Every row, with values in a form that both databases have. */
async function rowsOf(place: Place, tables: readonly Table[]): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  const isText = place.settings.dialect === 'sqlite';
  for (const { name, columns } of tables) {
    const values = columns.map((column, at) => {
      const value = quoted(column.name);
      const bytes = isText ? `lower(hex(${value}))` : `encode(${value}, 'hex')`;
      const shown =
        column.kind === 'binary' ? `CASE WHEN ${value} IS NULL THEN NULL ELSE ${bytes} END` : value;
      return `CAST(${shown} AS TEXT) AS c${at}`;
    });
    const rows = await place.query<Record<string, string | null>>(
      `SELECT ${values.join(', ')} FROM ${quoted(name)} ORDER BY id`,
    );
    all[name] = rows.map((row) => columns.map(({ kind }, at) => normal(kind, row[`c${at}`] ?? null)));
  }
  return all;
}

function normal(kind: string, value: string | null): unknown {
  if (value === null) return null;
  if (kind === 'boolean') return ['1', 'true'].includes(value);
  if (kind === 'double' || kind === 'numeric') return Number(value);
  if (kind === 'json') return JSON.parse(value);
  return value;
}

describe.each(postgresql)('SQLite and $name', (engine) => {
  test('hold the same rows after every revision of a random history, up and down again', async () => {
    await using place = await engine.open();
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        await using file = await sqlite.open();
        const revisions = randomHistory(new Choices(given));
        const id = (at: number) => `a${String(at).padStart(4, '0')}`;
        const history = chain(...revisions.map((each, at) => [id(at), each.up, each.back] as const));
        const scripts = file.scripts(history);
        const contexts = [file, place].map(({ driver }) => ({ driver, scripts }));
        const same = async (tables: readonly Table[]) => {
          const [left, right] = [await rowsOf(file, tables), await rowsOf(place, tables)];
          expect(left).toEqual(right);
          compared += Object.values(left).flat(2).length;
        };
        try {
          for (const { tables } of revisions) {
            for (const context of contexts) await upgrade(context, '+1', { production: false });
            await same(tables);
          }
          for (const { tables } of revisions.slice(0, -1).toReversed()) {
            for (const context of contexts)
              await downgrade(context, '-1', { backup: false, production: false });
            await same(tables);
          }
          for (const context of contexts)
            await downgrade(context, 'base', { backup: false, production: false });
          for (const each of [file, place]) {
            expect(await versionsOf(each)).toEqual([]);
            expect(await contentsOf(each)).toMatchObject({ tables: [], enums: [], triggers: [], rows: {} });
          }
        } finally {
          await place.query('DROP SCHEMA public CASCADE');
          await place.query('CREATE SCHEMA public');
        }
      }),
      { numRuns: runs, includeErrorInReport: true, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(100);
  }, 600_000);
});
