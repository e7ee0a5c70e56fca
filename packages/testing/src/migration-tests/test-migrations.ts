import { join, resolve } from 'node:path';
import type { ScriptLocations, TablePatterns } from '@freshmaker/migrator/engine';
import type { EngineName } from '../engines/engine.ts';
import { TestingError } from '../error.ts';
import { findDeclarations } from '../hooks/declarations.ts';
import { enginesToTest } from '../hooks/describe-engines.ts';
import { findTestHooks } from '../hooks/test-hooks.ts';
import { type ProjectOptions, scriptsOf } from '../orm/project.ts';
import type { Check, GivenValues } from './check.ts';
import { CheckProcess } from './check-process.ts';
import { generatedRows } from './generate-rows.ts';
import { projectSchema } from './project-schema.ts';
import { scriptFiles } from './script-files.ts';

export interface MigrationTestOptions extends ProjectOptions {
  /** Default: those that `FRESHMAKER_TEST_ENGINES` lists, else all. */
  readonly engines?: readonly EngineName[];
  /** Where hashes of the scripts are recorded. Default: `recorded.json` in the migrations directory. */
  readonly recorded?: string;
  /** Packages that scripts may import beside the migrator, Kysely and Node.js. */
  readonly allowedImports?: readonly string[];
  /** Values for generated rows that only the project knows: `{ 'books.isbn': (number) => … }`, numbers from 1. */
  readonly values?: Readonly<Record<string, (number: number) => unknown>>;
  /** What data steps of a revision may change, by revision: names of tables, or of columns as `table.column`. */
  readonly losses?: Readonly<Record<string, readonly string[]>>;
  /** Tables that are no business of the models. */
  readonly tables?: TablePatterns;
}

/** Long enough for the slowest engine on a busy machine, in milliseconds. */
const timeout = 300_000;

/**
 * Declares the tests that every history of migrations should pass:
 * a single head; scripts that do what they did when they were recorded; none that imports an entity; models that equal the
 * head; each revision up, down and up again with rows in the tables; its offline SQL as good as running it.
 */
export function testMigrations(options: MigrationTestOptions = {}): void {
  const { describe } = findDeclarations();
  const scripts = locationsOf(options);
  describe('migrations', () => {
    const declare = declareWith({ scripts, engine: 'sqlite' });
    const file = resolve(options.recorded ?? join(scripts.directory, 'recorded.json'));
    declare('have a single head', { kind: 'singleHead' });
    declare('do what they did when they were recorded', { kind: 'recorded', file });
    declare('import no entity', { kind: 'imports', allowed: options.allowedImports ?? [] });
    for (const engine of options.engines ?? enginesToTest()) {
      describe(`on ${engine}`, () => declareEngineTests(engine, scripts, options));
    }
  });
}

function declareEngineTests(
  engine: EngineName,
  scripts: ScriptLocations,
  options: MigrationTestOptions,
): void {
  const { losses = {}, tables = {} } = options;
  const declare = declareWith({ scripts, engine });
  const values = givenValues(options.values ?? {});
  declare('make what the models say', async () => ({
    kind: 'models',
    schema: await projectSchema(options, engine),
    tables,
  }));
  for (const { name, path } of scriptFiles(scripts)) {
    declare(`${name}: up, down and up again`, { kind: 'roundTrip', path, values, losses });
    declare(`${name}: offline SQL`, { kind: 'offlineSql', path, values });
  }
}

/** Declares tests that one process answers. */
function declareWith(subject: { readonly scripts: ScriptLocations; readonly engine: EngineName }) {
  const { test } = findDeclarations();
  const process = new CheckProcess(subject);
  findTestHooks().afterAll(() => process.close(), timeout);
  return (name: string, check: Check | (() => Promise<Check>)) =>
    test(name, async () => process.run(typeof check === 'function' ? await check() : check), timeout);
}

function givenValues(values: NonNullable<MigrationTestOptions['values']>): GivenValues {
  const numbers = Array.from({ length: generatedRows }, (_, at) => at + 1);
  return Object.fromEntries(
    Object.entries(values).map(([column, value]) => [column, numbers.map((number) => value(number))]),
  );
}

function locationsOf(options: MigrationTestOptions): ScriptLocations {
  const scripts = scriptsOf(options);
  if (scripts) return { ...scripts, directory: resolve(scripts.directory) };
  throw new TestingError(
    'TEST_OPTIONS_INVALID',
    'There are no migrations to test.',
    'Give the migrations directory as `migrations`.',
  );
}
