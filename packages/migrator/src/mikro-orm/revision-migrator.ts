import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { MigrateOptions, MigrationInfo, MigrationResult, MikroORM } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { describeLeftToAuthor } from '../autogenerate/not-compared.ts';
import { assertAtHead } from '../commands/at-head.ts';
import { type CheckDocument, checkModels } from '../commands/check.ts';
import { type DatabaseContext, readState } from '../commands/context.ts';
import { type CurrentDocument, current } from '../commands/current.ts';
import { branches, type HistoryOptions, heads, history, show } from '../commands/history.ts';
import { type MergeCommandOptions, type MergeDocument, merge } from '../commands/merge.ts';
import { type DatabaseScriptDocument, migrateDatabase } from '../commands/migrate-database.ts';
import { type MigrateModelsOptions, migrateModels } from '../commands/migrate-models.ts';
import type { NewScriptDocument } from '../commands/new-script.ts';
import { type PlanDocument, planUpgradeSteps } from '../commands/plan.ts';
import { type RevisionOptions, revision } from '../commands/revision.ts';
import type { RevisionsDocument } from '../commands/revision-document.ts';
import { type StampCommandOptions, stamp } from '../commands/stamp.ts';
import { downgrade, type MigrateOptions as EngineOptions, upgrade } from '../commands/upgrade.ts';
import { MigratorError } from '../errors.ts';
import { pendingRevisions } from '../revision/current-heads.ts';
import { nodeOf, type RevisionMap } from '../revision/revision-map.ts';
import type { MigrationEvent } from '../runtime/events.ts';
import type { ExecutionResult } from '../runtime/executor.ts';
import { appliedMigrations } from './applied-migrations.ts';
import { type EntityModels, entityModels } from './entity-models.ts';
import { migrationName } from './migration-target.ts';
import { ormDriver } from './orm-driver.ts';
import { downTarget, refuseTransaction, upTargets } from './run-options.ts';
import { scriptLocations } from './script-locations.ts';
import { notOneByOne, VersionStorage } from './version-storage.ts';

/** What a new script is called, and written from: it is empty where nothing is said. */
interface ScriptOptions extends RevisionOptions, MigrateModelsOptions {
  readonly autogenerate?: boolean;
  readonly fromDatabase?: boolean;
}

/**
 * MikroORM's migrator over a history of revisions: `MikroORM.init({ extensions: [RevisionMigrator], migrations: { path } })`.
 *
 * `up`, `down`, `getPending`, `getExecuted`, `create`, `checkSchema` and MikroORM's own command line keep their meaning; the
 * methods named after Alembic's commands offer the rest. All of them run on the one engine of this package.
 */
export class RevisionMigrator extends Migrator {
  // MikroORM adds its stock migrator unless an extension has this name.
  static override readonly name = 'Migrator';

  #orm: MikroORM | undefined;

  static override register(orm: MikroORM): void {
    orm.config.registerExtension('@mikro-orm/migrator', () => {
      const migrator = new RevisionMigrator(orm.em as never);
      migrator.#orm = orm;
      return migrator;
    });
  }

  /** Reads the scripts and says where the database is. */
  async current(): Promise<CurrentDocument> {
    return current(this.context);
  }

  async upgrade(target?: string, options?: EngineOptions): Promise<ExecutionResult> {
    refuseTransaction(undefined, this.em);
    return upgrade(this.context, target, options);
  }

  async downgrade(target?: string, options?: EngineOptions): Promise<ExecutionResult> {
    refuseTransaction(undefined, this.em);
    return downgrade(this.context, target, options);
  }

  async stamp(target?: string | readonly string[], options?: StampCommandOptions): Promise<ExecutionResult> {
    return stamp(this.context, target, options);
  }

  async history(options?: HistoryOptions): Promise<RevisionsDocument> {
    return history(this.context, options);
  }

  async heads(options?: { readonly resolveDependencies?: boolean }): Promise<RevisionsDocument> {
    return heads(this.context, options);
  }

  async branches(): Promise<RevisionsDocument> {
    return branches(this.context);
  }

  async show(target?: string): Promise<RevisionsDocument> {
    return show(this.context, target);
  }

  /** What an upgrade to the target would do. */
  async plan(target?: string): Promise<PlanDocument> {
    return planUpgradeSteps(this.context, target);
  }

  /** Compares the entities with the database, and both with the scripts. */
  async check(): Promise<CheckDocument> {
    return checkModels(this.context, await this.#models());
  }

  /**
   * Writes an empty script; with `autogenerate` one with what takes the database to the entities, with `fromDatabase` one
   * with what the database has and the scripts do not (see {@link migrateDatabase}; `stamp` comes next).
   */
  async revision(options: ScriptOptions & { readonly fromDatabase: true }): Promise<DatabaseScriptDocument>;
  async revision(options?: ScriptOptions): Promise<NewScriptDocument>;
  async revision(options: ScriptOptions = {}): Promise<NewScriptDocument> {
    if (options.fromDatabase) {
      const { tables = {} } = await this.#models();
      const document = await migrateDatabase(this.context, { ...options, tables });
      this.#warn(describeLeftToAuthor('database', document.notCompared));
      return document;
    }
    if (!options.autogenerate) return revision(this.context, options);
    const models = await this.#models();
    this.#warn(describeLeftToAuthor('entities', models.leftToAuthors));
    return migrateModels(this.context, models, options);
  }

  /** Says by MikroORM's logger what the command line says on standard error. */
  #warn(texts: readonly string[]): void {
    if (this.options.silent) return;
    for (const text of texts) this.config.getLogger().warn('migrator', text, { enabled: true });
  }

  /** Writes a script that joins heads; all of them by default. */
  async merge(targets: readonly string[] = ['heads'], options?: MergeCommandOptions): Promise<MergeDocument> {
    return merge(this.context, targets, options);
  }

  /** @throws DatabaseStateError `DATABASE_NOT_AT_HEAD`. */
  async assertAtHead(): Promise<void> {
    await assertAtHead(this.context);
  }

  override async up(options?: string | string[] | MigrateOptions): Promise<MigrationInfo[]> {
    refuseTransaction(options, this.em);
    const { map } = await readState(this.context);
    const { applied } = await upgrade(this.context, upTargets(options, map));
    return this.#informed(map, applied);
  }

  override async down(options?: string | string[] | Omit<MigrateOptions, 'from'>): Promise<MigrationInfo[]> {
    refuseTransaction(options, this.em);
    const { map, heads: rows } = await readState(this.context);
    if (rows.length === 0) return [];
    const { applied } = await downgrade(this.context, downTarget(options, map, rows));
    return this.#informed(map, applied);
  }

  /**
   * Writes a script with what takes the database to the entities.
   *
   * @param path one of the folders of scripts; by default the one the parent is in.
   * @param blank an empty script instead.
   * @param initial makes no difference: an empty history begins with a base by itself.
   * @param name the message.
   */
  override async create(
    path?: string,
    blank = false,
    initial = false,
    name?: string,
  ): Promise<MigrationResult> {
    const options = {
      ...(path === undefined ? {} : { versionPath: path }),
      ...(name === undefined ? {} : { message: name }),
    };
    const written = await this.revision({ ...options, autogenerate: !blank || initial });
    if (written.path === null) return { fileName: '', code: '', diff: { up: [], down: [] } };
    const up = written.operations.map(({ kind, table, column, name: of }) =>
      [kind, table, column ?? of].filter((each) => typeof each === 'string').join(' '),
    );
    return {
      fileName: basename(written.path),
      code: readFileSync(written.path, 'utf8'),
      diff: { up: up.length === 0 ? ['an empty revision'] : up, down: [] },
    };
  }

  override async createInitial(path?: string, name?: string, blank?: boolean): Promise<MigrationResult> {
    return this.create(path, blank, true, name);
  }

  /** Whether the entities differ from the database. */
  override async checkSchema(): Promise<boolean> {
    return !(await this.check()).upToDate;
  }

  override async getPending(): Promise<MigrationInfo[]> {
    const { map, heads: rows } = await readState(this.context);
    return pendingRevisions(map, rows).map((id) => info(map, id));
  }

  override async getExecuted(): ReturnType<Migrator['getExecuted']> {
    return this.getStorage().getExecutedMigrations();
  }

  override getStorage(): VersionStorage {
    return this.storage as VersionStorage;
  }

  override async logMigration(): Promise<void> {
    throw notOneByOne();
  }

  override async unlogMigration(): Promise<void> {
    throw notOneByOne();
  }

  override async rollup(): ReturnType<Migrator['rollup']> {
    throw new MigratorError(
      'OPERATION_NOT_SUPPORTED',
      'Revisions are not rolled up: other databases may be at any of them.',
      {
        hint: 'Start a new base with `db revision --head base` where an old history is no longer needed.',
      },
    );
  }

  protected override createStorage(): VersionStorage {
    return new VersionStorage(this.driver, this.options, async () =>
      appliedMigrations(await readState(this.context)),
    );
  }

  /** Nothing is made on the way: a command that only reads writes nothing. */
  protected override async init(): Promise<void> {}

  /** What the engine's commands need, taken from the ORM's configuration. */
  protected get context(): DatabaseContext {
    const connection = this.driver.getConnection();
    return {
      scripts: scriptLocations(this.options, this.config.get('baseDir')),
      driver: ormDriver(connection, this.driver.getPlatform(), String(this.config.get('dbName'))),
      listener: (event) => this.#announce(event),
    };
  }

  async #models(): Promise<EntityModels> {
    // `register` sets it before anybody gets hold of the migrator.
    return entityModels(this.#orm as MikroORM);
  }

  #informed(map: RevisionMap, applied: ExecutionResult['applied']): MigrationInfo[] {
    return applied.map(({ revision }) => info(map, revision));
  }

  /** Passes the engine's events on to MikroORM's listeners, the one that logs among them. */
  #announce(event: MigrationEvent): void {
    if (event.type !== 'stepStarted' && event.type !== 'stepFinished') return;
    const { revision, direction } = event.step;
    const names =
      direction === 'upgrade' ? (['migrating', 'migrated'] as const) : (['reverting', 'reverted'] as const);
    const name = names[event.type === 'stepStarted' ? 0 : 1];
    // MikroORM keeps its listeners to itself; `emit` is how the stock migrator reaches them.
    const { emit } = this as unknown as { emit(name: string, info: MigrationInfo): Promise<void> };
    void emit.call(this, name, { name: migrationName(revision), path: revision.path });
  }
}

function info(map: RevisionMap, id: string): MigrationInfo {
  const { revision } = nodeOf(map, id);
  return { name: migrationName(revision), path: revision.path };
}
