import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import type { Statement } from '../../src/dialects/dialect.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { normalizeSchema } from '../../src/dialects/postgresql/normalize-schema.ts';
import { OperationError } from '../../src/errors.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { localizeAll, record, run, withDatabase } from '../postgresql/database.ts';
import { type GoldenCase, goldenCases } from './cases.ts';
import { postgresqlCases } from './postgresql-cases.ts';

const cases = [...goldenCases, ...postgresqlCases];

/** What a case compiles to, or the code and message of the refusal. */
function compiled({ before, change }: GoldenCase): string {
  const { after } = localizeAll(record(before), emptySchema);
  try {
    const { operations } = localizeAll(record(change), after);
    return postgresqlDialect.compile(operations, after).statements.map(show).join('');
  } catch (error) {
    if (error instanceof OperationError) return `-- ${error.code}: ${error.message}\n`;
    throw error;
  }
}

function show(each: Statement): string {
  const remark =
    each.kind === 'assertion'
      ? `-- must be true, else: ${each.message}\n`
      : each.outsideTransaction
        ? '-- outside the transaction\n'
        : '';
  return `${remark}${each.sql};\n`;
}

/** Set `UPDATE_GOLDEN=1` to write the files anew. */
function golden(name: string, actual: string): string {
  const file = new URL(`postgresql/${name}.sql`, import.meta.url);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, actual);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

test('every case has a name of its own', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

describe('PostgreSQL', () => {
  test.each(cases)('$name compiles to its golden file', (each) => {
    const actual = compiled(each);
    expect(actual).toBe(golden(each.name, actual));
  });
});

const runnable = cases.filter((each) => !compiled(each).startsWith('-- OPERATION_'));

describe.each(postgresqlServers())('$name', (server) => {
  test.each(runnable)('carries out $name, and is then what was foretold', async ({ before, change }) => {
    await withDatabase(server, async (session) => {
      const start = await run(session, record(before), emptySchema);
      const end = await run(session, record(change), start);
      expect(normalizeSchema(await postgresqlDialect.inspect(session))).toEqual(normalizeSchema(end));
    });
  });
});
