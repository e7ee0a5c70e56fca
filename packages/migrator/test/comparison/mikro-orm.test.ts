import { readFileSync } from 'node:fs';
import { expectGolden } from '../golden-file.ts';
import type { RebuildScenario } from '../rebuild-scenarios/scenario.ts';
import { rebuildScenarios } from '../rebuild-scenarios.ts';
import { localizeAll, recorded, SqliteDatabase } from '../sqlite-database.ts';
import { changeByMikroOrm } from './mikro-orm-change.ts';
import { judge } from './outcome.ts';
import { countTable, type ReportRow, report } from './report.ts';
import { snapshot } from './snapshot.ts';

/** What entities have no way to ask for. */
const cannotBeSaid: Readonly<Record<string, string>> = {
  'a renamed table and column that a trigger uses, and a rebuild': 'a new name of a table',
  'a table that takes the name of a dropped one': 'a new name of a table',
  'a swap of two columns and a rebuild': 'names that change places',
  'a dropped column whose name a new one takes': 'another column under the same name',
  'a dropped primary key keeps the order of the rows': 'a table without a primary key',
  'a conversion by using': 'how values are converted',
  'NOT NULL with a backfill': 'what is to stand for NULL',
  'defaults that are expressions': 'a column without a type',
  'every storage class, where SQLite lets it be': 'a column without a type',
  'types declared in any spelling': 'a column without a type',
};

async function compare({ name, setup, change, fails }: RebuildScenario): Promise<ReportRow> {
  using reference = new SqliteDatabase(setup);
  const data = reference.raw.serialize();
  const before = await reference.inspect();
  const refusal = await reference.migrate(recorded(change)).then(
    () => null,
    (error: Error) => error.message,
  );
  expect([name, refusal !== null]).toEqual([name, fails !== undefined]);
  const after = refusal === null ? await reference.inspect() : localizeAll(recorded(change), before).schema;
  const { database, error } = await changeByMikroOrm(data, before, after);
  const outcome = judge({
    before: await snapshot(data),
    wanted: refusal === null ? await snapshot(reference.raw.serialize()) : null,
    found: await snapshot(database),
    error,
  });
  return { scenario: name, refusal, ...said(name, refusal, outcome) };
}

function said(name: string, refusal: string | null, { kind, details }: ReturnType<typeof judge>) {
  const reason = cannotBeSaid[name];
  if (reason !== undefined)
    return { kind: 'cannot be said', details: [`${reason}; ${kind}`, ...details] } as const;
  if (refusal === null || kind === 'refused as well') return { kind, details };
  return { kind, details: [...details, `here: ${refusal}`] };
}

describe('the rebuild scenarios, done by MikroORM', () => {
  const rows: ReportRow[] = [];
  beforeAll(async () => {
    for (const scenario of rebuildScenarios) rows.push(await compare(scenario));
  });

  test('come out as the table says', () => {
    expectGolden('mikro-orm-comparison.md', report(rows));
  });

  test('come out as the README says', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(`${countTable(rows)}\n\n`);
  });

  test('cannot be said only where there is such a scenario', () => {
    const names = rebuildScenarios.map((each) => each.name);
    expect(Object.keys(cannotBeSaid).filter((name) => !names.includes(name))).toEqual([]);
  });
});
