import type { FilterQuery } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type BuildJson, type JsonOptions, loadBuildJson } from '../domain/build-json.ts';
import { flushAdded } from '../domain/unit-of-work.ts';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { ArtifactType } from '../enums/artifact-type.ts';
import { type EnumInput, enumValue } from '../enums/enum-value.ts';
import { EventState } from '../enums/event-state.ts';
import { AmbiguousResultError } from '../errors.ts';
import { environmentOf } from '../unit-of-work/commit-outbox.ts';
import { findKeyPage, findPage, type Selection } from './find-page.ts';
import { type OrderBy, orderOf } from './order.ts';
import type { KeyPage, Page, PageRequest } from './page.ts';

/** What builds have to equal, all of it. */
export interface BuildFilter {
  readonly type?: EnumInput<typeof ArtifactType>;
  readonly state?: EnumInput<typeof ArtifactBuildState>;
  readonly name?: string;
  readonly eventId?: number;
  readonly depOnId?: number;
  readonly buildId?: number;
  readonly originalNvr?: string;
  readonly rebuiltNvr?: string;
  /** The type of the build's event. */
  readonly eventTypeId?: number;
  /** The search key of the build's event. */
  readonly eventSearchKey?: string;
}

export type BuildOrder = OrderBy<
  'id' | 'name' | 'eventId' | 'depOnId' | 'buildId' | 'originalNvr' | 'rebuiltNvr'
>;

export interface BuildListRequest extends PageRequest {
  readonly filter?: BuildFilter;
  /** Default: `-id`. */
  readonly order?: BuildOrder;
}

export interface BuildKeyRequest extends Omit<BuildListRequest, 'page'> {
  /** The `next` of the page before; none for the first page. */
  readonly after?: string;
}

const nullableKeys: ReadonlySet<string> = new Set(['event', 'depOn', 'buildId', 'originalNvr', 'rebuiltNvr']);

/** The queries that services run over builds. */
export class ArtifactBuildRepository {
  readonly #em: SqlEntityManager;

  constructor(em: SqlEntityManager) {
    this.#em = em;
  }

  /** A page by its number: at most four statements, whatever its size. */
  async list(request: BuildListRequest = {}): Promise<Page<ArtifactBuild, BuildJson, JsonOptions>> {
    const page = await findPage(this.#em, ArtifactBuild, selection(request), request);
    return { ...page, json: await this.#json(page.items) };
  }

  /** A page after a key: at most three statements, and the same time however far down it is. */
  async listByKey(request: BuildKeyRequest = {}): Promise<KeyPage<ArtifactBuild, BuildJson, JsonOptions>> {
    const page = await findKeyPage(this.#em, ArtifactBuild, selection(request), request);
    return { ...page, json: await this.#json(page.items) };
  }

  /** Builds by their ids, each once, by id; ids without a build are left out. */
  async findByIds(ids: readonly number[]): Promise<ArtifactBuild[]> {
    return this.#find({ id: { $in: [...ids] } });
  }

  /** The first image build of a task in Koji. */
  async findByTask(buildId: number): Promise<ArtifactBuild | null> {
    const [first] = await this.#find({ type: ArtifactType.IMAGE, buildId }, 1);
    return first ?? null;
  }

  /** The image builds that wait to be submitted once a build is done, by id. */
  async findPlannedChildren(parent: ArtifactBuild): Promise<ArtifactBuild[]> {
    return this.#find({ type: ArtifactType.IMAGE, state: ArtifactBuildState.PLANNED, depOn: parent.id });
  }

  /** The builds that a compose is linked to, by id; all of them, or those in a state. */
  async findByCompose(
    odcsComposeId: number,
    state?: EnumInput<typeof ArtifactBuildState>,
  ): Promise<ArtifactBuild[]> {
    return this.#find({
      composes: { $some: { compose: { odcsComposeId } } },
      ...(state === undefined ? {} : { state: enumValue(ArtifactBuildState, 'state', state) }),
    });
  }

  /** The first build with a rebuilt NVR, by id; these are not unique. */
  async findFirstByRebuiltNvr(rebuiltNvr: string): Promise<ArtifactBuild | null> {
    const [first] = await this.#find({ rebuiltNvr }, 1);
    return first ?? null;
  }

  /**
   * The one image build with a rebuilt NVR.
   *
   * @throws AmbiguousResultError when there are several.
   */
  async findOneImageByRebuiltNvr(rebuiltNvr: string): Promise<ArtifactBuild | null> {
    const [only, another] = await this.#find({ rebuiltNvr, type: ArtifactType.IMAGE }, 2);
    if (another !== undefined) {
      throw new AmbiguousResultError(`More than one image build has the rebuilt NVR ${rebuiltNvr}.`);
    }
    return only ?? null;
  }

  /**
   * The builds whose tasks in Koji a poller has to look at, by id, with their events: in BUILD with a real task, of events in
   * BUILDING that are not older than some days.
   */
  async findToPoll(days = 7): Promise<ArtifactBuild[]> {
    await flushAdded(this.#em);
    const since = new Date(environmentOf(this.#em).now().getTime() - days * 24 * 60 * 60 * 1000);
    return this.#em.find(
      ArtifactBuild,
      {
        state: ArtifactBuildState.BUILD,
        buildId: { $gt: 0 },
        event: { state: EventState.BUILDING, timeCreated: { $gte: since } },
      },
      { orderBy: { id: 'asc' }, populate: ['event'] },
    );
  }

  async #find(where: FilterQuery<ArtifactBuild>, limit?: number): Promise<ArtifactBuild[]> {
    await flushAdded(this.#em);
    return this.#em.find(ArtifactBuild, where, { orderBy: { id: 'asc' }, limit });
  }

  async #json(builds: readonly ArtifactBuild[]): Promise<(options?: JsonOptions) => BuildJson[]> {
    const json = await loadBuildJson(this.#em, builds);
    return (options) => builds.map((build) => json(build, options));
  }
}

function selection({ filter, order }: BuildListRequest): Selection<ArtifactBuild> {
  return { where: condition(filter ?? {}), orderBy: orderBy(order) };
}

/** Foreign keys are properties without the `Id` of their columns. */
function orderBy(given: BuildOrder = '-id') {
  return orderOf<ArtifactBuild>(given.replace('eventId', 'event').replace('depOnId', 'depOn'), nullableKeys);
}

function condition(filter: BuildFilter): FilterQuery<ArtifactBuild> {
  const { type, state, name, buildId, originalNvr, rebuiltNvr } = filter;
  const event = given({ eventTypeId: filter.eventTypeId, searchKey: filter.eventSearchKey });
  const conditions: FilterQuery<ArtifactBuild>[] = [
    given({
      type: type === undefined ? undefined : enumValue(ArtifactType, 'type', type),
      state: state === undefined ? undefined : enumValue(ArtifactBuildState, 'state', state),
      name,
      buildId,
      originalNvr,
      rebuiltNvr,
      event: filter.eventId,
      depOn: filter.depOnId,
    }),
    ...(Object.keys(event).length > 0 ? [{ event }] : []),
  ];
  return { $and: conditions };
}

/** The attributes that are given at all. */
function given(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
