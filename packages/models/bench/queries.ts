import type { SqlEntityManager } from '@mikro-orm/sql';
import {
  ArtifactBuild,
  ArtifactBuildRepository,
  Compose,
  Event,
  EventRepository,
  User,
} from '../src/index.ts';
import { buildsPerEvent } from './data.ts';

/** One query of a service, as the models run it. */
export interface ServiceQuery {
  readonly name: string;
  run(em: SqlEntityManager): Promise<unknown>;
}

/** The queries of the services on a database with a number of builds; those that write are rolled back. */
export function serviceQueries(builds: number): readonly ServiceQuery[] {
  const middle = Math.floor(builds / 2);
  const eventId = Math.floor(middle / buildsPerEvent);
  const searchKey = String(100000 + Math.floor(eventId / 3));
  const listEvents =
    (filter: object, full = true) =>
    (em: SqlEntityManager) =>
      new EventRepository(em).list({ filter, full });
  const listBuilds = (filter: object) => (em: SqlEntityManager) =>
    new ArtifactBuildRepository(em).list({ filter });
  const withEvent = (work: (event: Event) => Promise<unknown>) => async (em: SqlEntityManager) =>
    work(await em.findOneOrFail(Event, eventId));
  const withBuild =
    (work: (build: ArtifactBuild, em: SqlEntityManager) => Promise<unknown>) =>
    async (em: SqlEntityManager) =>
      work(await em.findOneOrFail(ArtifactBuild, middle - 1), em);
  return [
    { name: 'event, full JSON', run: withEvent((event) => event.json()) },
    { name: 'event, short JSON', run: withEvent((event) => event.jsonMin()) },
    { name: 'build, JSON', run: withBuild((build) => build.json()) },
    { name: 'list of events, first page, full', run: listEvents({}) },
    { name: 'list of events, first page, short', run: listEvents({}, false) },
    { name: 'list of events by search key', run: listEvents({ searchKey }, false) },
    { name: 'list of events by state', run: listEvents({ state: 'building' }, false) },
    { name: 'list of events by type', run: listEvents({ eventTypeId: 13 }, false) },
    { name: 'list of events by requester', run: listEvents({ requester: 'user-50' }, false) },
    { name: 'list of builds, first page', run: listBuilds({}) },
    {
      name: 'list of builds, last page by number',
      run: (em) => new ArtifactBuildRepository(em).list({ page: Math.ceil(builds / 10) }),
    },
    {
      name: 'list of builds, late page by key',
      run: async (em) => {
        const last = await em.findOneOrFail(ArtifactBuild, 20);
        return new ArtifactBuildRepository(em).listByKey({ after: keyOf(last.id) });
      },
    },
    { name: 'list of builds of an event', run: listBuilds({ eventId }) },
    { name: 'list of builds by name', run: listBuilds({ name: 'name-7' }) },
    { name: 'list of builds by original NVR', run: listBuilds({ originalNvr: 'name-7-7' }) },
    {
      name: 'list of builds by rebuilt NVR',
      run: listBuilds({ rebuiltNvr: `name-${middle % 2000}-${middle}.1` }),
    },
    { name: 'list of builds by task', run: listBuilds({ buildId: 1000000 + middle + 1 }) },
    { name: 'list of builds by search key of the event', run: listBuilds({ eventSearchKey: searchKey }) },
    { name: 'running events of a search key', run: (em) => new EventRepository(em).findRunning(searchKey) },
    { name: 'user by name', run: (em) => User.findUserByName(em, 'nobody') },
    {
      name: 'image build of a task',
      run: (em) => new ArtifactBuildRepository(em).findByTask(1000000 + middle + 1),
    },
    {
      name: 'planned children of a build',
      run: withBuild((build, em) => new ArtifactBuildRepository(em).findPlannedChildren(build)),
    },
    { name: 'compose by ODCS id', run: (em) => Compose.get(em, 500077) },
    { name: 'builds of a compose', run: (em) => new ArtifactBuildRepository(em).findByCompose(500077) },
    { name: 'builds by ids', run: (em) => new ArtifactBuildRepository(em).findByIds([1, middle, builds]) },
    { name: 'unreleased events', run: (em) => Event.getUnreleased(em) },
    { name: 'dependent events', run: rolledBack(withEvent((event) => event.findDependentEvents())) },
    {
      name: 'builds of dependencies',
      run: withEvent((event) => event.getArtifactBuildFromEventDependencies('name-7-7')),
    },
    { name: 'events depending on an event', run: withEvent((event) => event.dependingEvents()) },
    {
      name: 'image builds of the first batch',
      run: withEvent((event) => event.getImageBuildsInFirstBatch()),
    },
    {
      name: 'rebuilt NVRs of a search key',
      run: (em) => ArtifactBuild.getRebuiltOriginalNvrsBySearchKey(em, searchKey),
    },
    {
      name: 'bundle by rebuilt NVR',
      run: (em) =>
        new ArtifactBuildRepository(em).findOneImageByRebuiltNvr(`name-${middle % 2000}-${middle}.1`),
    },
    { name: 'builds to poll', run: (em) => new ArtifactBuildRepository(em).findToPoll() },
    { name: 'lowest task', run: (em) => ArtifactBuild.getLowestBuildId(em) },
    { name: 'lowest compose', run: (em) => Compose.getLowestComposeId(em) },
    {
      name: 'failure of a build, with all below',
      run: rolledBack(withBuild((build) => build.transition('failed'))),
    },
    {
      name: 'removal of an event',
      run: rolledBack(async (em) => void em.remove(await em.findOneOrFail(Event, eventId))),
    },
  ];
}

/** What `next` of the page before a build would be. */
function keyOf(id: number): string {
  return Buffer.from(JSON.stringify([id])).toString('base64url');
}

function rolledBack(run: (em: SqlEntityManager) => Promise<unknown>) {
  return async (em: SqlEntityManager): Promise<void> => {
    await em.begin();
    try {
      await run(em);
      await em.flush();
    } finally {
      await em.rollback();
    }
  };
}
