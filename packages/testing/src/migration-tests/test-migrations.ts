import { join, resolve } from 'node:path';
import type { ScriptLocations, TablePatterns } from '@freshmaker/migrator/engine';
import type { EngineName } from '../engines/engine.ts';
import { TestingError } from '../error.ts';
import { findDeclarations } from '../hooks/declarations.ts';
import { enginesToTest } from '../hooks/describe-engines.ts';
import { findTestHooks } from '../hooks/test-hooks.ts';
import { type ProjectOptions, scriptsOf } from '../orm/project.ts';
import type { GivenValues } from './generate-rows.ts';
import { HistoryWalk } from './history-walk.ts';
import { checkImports } from './imports.ts';
import { checkModelsAtHead } from './models-at-head.ts';
import { checkOfflineSql } from './offline-sql.ts';
import { checkRecordedHashes, checkSingleHead } from './recorded-hashes.ts';
import { checkRoundTrip } from './round-trip.ts';
import { scriptFiles } from './script-files.ts';

export interface MigrationTestOptions extends ProjectOptions {
  /** Default: those that `FRESHMAKER_TEST_ENGINES` lists, else all. */
  readonly engines?: readonly EngineName[];
  /** Where hashes of the scripts are recorded. Default: `recorded.json` in the migrations directory. */
  readonly recorded?: string;
  /** Packages that scripts may import beside the migrator, Kysely and Node.js. */
  readonly allowedImports?: readonly string[];
  /** Values for generated rows that only the project knows: `{ 'events.kind': (number) => 'a' }`. */
  readonly values?: GivenValues;
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
  const { describe, test } = findDeclarations();
  const scripts = locationsOf(options);
  const recorded = options.recorded ?? join(scripts.directory, 'recorded.json');
  describe('migrations', () => {
    test('have a single head', () => checkSingleHead(scripts), timeout);
    test('do what they did when they were recorded', () => checkRecordedHashes(scripts, recorded), timeout);
    test('import no entity', async () => checkImports(scripts, options.allowedImports), timeout);
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
  const { test } = findDeclarations();
  const walk = new HistoryWalk(engine, scripts);
  findTestHooks().afterAll(async () => walk[Symbol.asyncDispose](), timeout);

  if (options.entities === undefined || options.migrations !== undefined) {
    test('make what the models say', () => checkModelsAtHead(walk, options, options.tables), timeout);
  }
  for (const { name, path } of scriptFiles(scripts)) {
    test(
      `${name}: up, down and up again`,
      async () => {
        const revision = await walk.revisionIn(path);
        const losses = new Set(options.losses?.[revision.revision]);
        await checkRoundTrip(walk, revision, { values: options.values, losses });
      },
      timeout,
    );
    test(
      `${name}: offline SQL`,
      async () => {
        await checkOfflineSql(walk, await walk.revisionIn(path), { values: options.values });
      },
      timeout,
    );
  }
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
