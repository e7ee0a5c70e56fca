import { defineEntity, p } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { MemberType } from '../database/member-type.ts';
import { UtcDateTimeType } from '../database/utc-date-time-type.ts';
import { type BuildJson, type JsonOptions, loadBuildJson } from '../domain/build-json.ts';
import { lowestBuildId, rebuiltOriginalNvrs } from '../domain/build-queries.ts';
import { addComposes, composesReady, dependingArtifactBuilds, rootDepOn } from '../domain/build-relations.ts';
import { transitionBuilds } from '../domain/build-transition.ts';
import { type BuildOptions, createBuild } from '../domain/create.ts';
import { type JsonValue, sortedJsonText } from '../domain/json-values.ts';
import { buildText } from '../domain/text-forms.ts';
import { entityManagerOf, flushAdded, isHydrating } from '../domain/unit-of-work.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { ArtifactType } from '../enums/artifact-type.ts';
import { type EnumInput, enumValue } from '../enums/enum-value.ts';
import { ArtifactBuildCompose } from './artifact-build-compose.ts';
import type { Compose } from './compose.ts';
import { Event } from './event.ts';
import { FreshmakerBase } from './freshmaker-base.ts';

const ArtifactBuildSchema = defineEntity({
  name: 'ArtifactBuild',
  tableName: 'artifact_builds',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    /** The N of the NVR. */
    name: p.string().length(-1),
    /** Null only in rows that others have written. */
    type: p.type(MemberType).strictNullable().accessor(),
    state: p.type(MemberType).accessor(),
    timeSubmitted: p.type(UtcDateTimeType),
    /** When it last came to an end; leaving the end does not clear it. */
    timeCompleted: p.type(UtcDateTimeType).strictNullable(),
    /** The build that has to be done first; it may be one of another event. */
    depOn: () =>
      p
        .manyToOne(ArtifactBuild)
        .strictNullable()
        .deleteRule('no action')
        .updateRule('no action')
        .index(false),
    event: () =>
      p.manyToOne(Event).strictNullable().deleteRule('no action').updateRule('no action').index(false),
    /** The id of the task in Koji; negative in a dry run, null when it was never submitted. */
    buildId: p.integer().strictNullable(),
    /** JSON text. */
    buildArgs: p.string().length(-1).strictNullable(),
    stateReason: p.string().length(-1).strictNullable(),
    originalNvr: p.string().length(-1).strictNullable(),
    /** Replaced with each submission; not unique. */
    rebuiltNvr: p.string().length(-1).strictNullable(),
    rebuildReason: p.integer().strictNullable(),
    /** JSON text; see `bundlePullspecOverrides`. */
    bundlePullspecOverridesText: p.text().name('bundle_pullspec_overrides').strictNullable(),
    composes: () => p.oneToMany(ArtifactBuildCompose).mappedBy('build').orderBy({ compose: 'asc' }),
  },
});

const stateValue = Symbol('state');
const typeValue = Symbol('type');

/** One artifact to be rebuilt for an event. */
export class ArtifactBuild extends ArtifactBuildSchema.class {
  declare private [stateValue]: number;
  declare private [typeValue]: number | null;

  override get state(): number {
    return this[stateValue];
  }

  /** @throws InvalidValueError for what is no state; the old value stays. */
  override set state(state: EnumInput<typeof ArtifactBuildState>) {
    this[stateValue] = isHydrating(this) ? (state as number) : enumValue(ArtifactBuildState, 'state', state);
  }

  override get type(): number | null {
    return this[typeValue];
  }

  /** @throws InvalidValueError for what is no type, null included; the old value stays. */
  override set type(type: EnumInput<typeof ArtifactType> | null) {
    this[typeValue] = isHydrating(this) ? (type as number) : enumValue(ArtifactType, 'type', type);
  }

  /** What replaces the pullspecs of a bundle; null for none. */
  get bundlePullspecOverrides(): JsonValue {
    return this.bundlePullspecOverridesText ? JSON.parse(this.bundlePullspecOverridesText) : null;
  }

  /** Stores JSON text with sorted keys; null stores NULL. */
  set bundlePullspecOverrides(value: JsonValue) {
    this.bundlePullspecOverridesText = value === null ? null : sortedJsonText(value);
  }

  /** Adds a new build to the unit of work. Nothing is written, sent or counted, whatever its state. */
  static create(
    em: SqlEntityManager,
    event: Event | null,
    name: string,
    type: EnumInput<typeof ArtifactType>,
    options: BuildOptions = {},
  ): ArtifactBuild {
    return createBuild(em, event, name, type, options);
  }

  /** The smallest id of a task, which may be positive; 0 without any. */
  static getLowestBuildId(em: SqlEntityManager): Promise<number> {
    return lowestBuildId(em);
  }

  /** The original NVRs of DONE builds of all events with a search key, sorted, each once; by default only those directly affected. */
  static getRebuiltOriginalNvrsBySearchKey(
    em: SqlEntityManager,
    searchKey: string,
    directlyAffected = true,
  ): Promise<string[]> {
    return rebuiltOriginalNvrs(em, searchKey, directlyAffected);
  }

  /**
   * Moves the build to a state; FAILED and CANCELED move everything that depends on it as well. The messages
   * (`build.state.changed`, descendants first) and counters are staged and leave after the commit. Commits nothing.
   *
   * @param reason - null clears the old one. When the state is the old one, the reason stays as it was.
   * @returns whether the state changed.
   * @throws InvalidValueError for what is no state, before anything changed.
   */
  async transition(
    state: EnumInput<typeof ArtifactBuildState>,
    reason: string | null = null,
  ): Promise<boolean> {
    return (await transitionBuilds(entityManagerOf(this), [this], state, reason)).length > 0;
  }

  /** The builds that wait for this one, by id. */
  async dependingArtifactBuilds(): Promise<ArtifactBuild[]> {
    return dependingArtifactBuilds(entityManagerOf(this), this);
  }

  /**
   * The topmost build above this one; null when it waits for none.
   *
   * @throws DependencyCycleError when there is no top.
   */
  async getRootDepOn(): Promise<ArtifactBuild | null> {
    return rootDepOn(entityManagerOf(this), this);
  }

  /** Links composes to the build; those that are linked already stay so. Adds only: the caller commits. */
  async addComposes(composes: readonly Compose[]): Promise<void> {
    return addComposes(entityManagerOf(this), this, composes);
  }

  /** Whether every linked compose is finished, as the injected `composeState` says; true without any. */
  async composesReady(): Promise<boolean> {
    return composesReady(entityManagerOf(this), this);
  }

  /** The build as messages and the API show it. */
  async json(options?: JsonOptions): Promise<BuildJson> {
    const em = entityManagerOf(this);
    await flushAdded(em);
    return (await loadBuildJson(em, [this]))(this, options);
  }

  /** `<ArtifactBuild NAME, type IMAGE, state BUILD, event MESSAGE_ID>` */
  override toString(): string {
    return buildText(this);
  }
}
ArtifactBuildSchema.setClass(ArtifactBuild);
