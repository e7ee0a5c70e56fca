import { readdirSync } from 'node:fs';
import type { Compiled } from '../src/dialects/dialect.ts';
import { sqliteDialect } from '../src/dialects/sqlite/dialect.ts';
import { MigratorError } from '../src/errors.ts';
import { emptySchema } from '../src/schema/schema.ts';
import { goldenCases } from './golden/cases.ts';
import { expectGolden } from './golden-file.ts';
import { comparable, localizeAll, recorded, SqliteDatabase } from './sqlite-database.ts';

function text(compiled: Compiled): string {
  const statements = compiled.statements.map(({ kind, sql }) =>
    kind === 'assertion' ? `-- must be true:\n${sql};` : `${sql};`,
  );
  const head = compiled.foreignKeysOff ? ['-- with foreign keys off'] : [];
  return `${[...head, ...statements].join('\n\n')}\n`;
}

function compiledText(name: string): string {
  const found = goldenCases.find((each) => each.name === name);
  if (!found) throw new Error(`There is no case ${name}.`);
  const { schema } = localizeAll(recorded(found.before), emptySchema);
  try {
    const { localized } = localizeAll(recorded(found.change), schema);
    return text(sqliteDialect.compile(localized, schema));
  } catch (error) {
    if (!(error instanceof MigratorError) || error.code !== 'OPERATION_NOT_SUPPORTED') throw error;
    return `NOT_SUPPORTED: ${error.message}\n`;
  }
}

const names = goldenCases.map((each) => each.name);

describe('compiled SQL', () => {
  test.each(names)('%s', (name) => {
    expectGolden(`sqlite/${name}.sql`, compiledText(name));
  });

  test('every golden file belongs to a case', () => {
    const files = readdirSync(new URL('golden/sqlite', import.meta.url));
    expect(files.toSorted()).toEqual(names.map((name) => `${name}.sql`).toSorted());
  });
});

describe('on a real database', () => {
  test.each(goldenCases)('$name leads to the schema it says', async ({ before, change }) => {
    using database = new SqliteDatabase();
    await database.migrate(recorded(before));
    const { schema } = await database.migrate(recorded(change));
    expect(comparable(await database.inspect())).toEqual(comparable(schema));
  });
});
