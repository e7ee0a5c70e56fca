import {
  ArtifactBuild,
  ArtifactBuildCompose,
  type ArtifactBuildState,
  type ArtifactType,
  Compose,
  type EnumInput,
  Event,
  EventDependency,
  type EventState,
  EventType,
  User,
} from '@freshmaker/models';
import type { EntityData } from '@mikro-orm/core';
import { defineFactory, type Factory, factory, type Overrides } from './define-factory.ts';

/** States and types may be given by number or by name, as everywhere in the models. */
export type EventOverrides = Omit<Overrides<Event>, 'state'> & {
  readonly state?: EnumInput<typeof EventState>;
};
export type BuildOverrides = Omit<Overrides<ArtifactBuild>, 'state' | 'type' | 'event' | 'depOn'> & {
  readonly state?: EnumInput<typeof ArtifactBuildState>;
  readonly type?: EnumInput<typeof ArtifactType>;
  /** An event of its own when left out; null for none. */
  readonly event?: Event | null;
  readonly depOn?: ArtifactBuild | null;
};

export const userFactory: Factory<User> = defineFactory(User, (number) => ({ username: `user-${number}` }));

/** Events of type TestingEvent, with message `message-1` and search key `key-1` and so on. */
export const eventFactory: Factory<Event, EventOverrides> = factory('Event', (em, number, overrides) => {
  const { messageId = `message-${number}`, searchKey = `key-${number}`, ...rest } = overrides;
  const { eventTypeId = EventType.TestingEvent, ...values } = rest;
  const event = Event.create(em, String(messageId), String(searchKey), Number(eventTypeId));
  return em.assign(event, values as EntityData<Event>);
});

/** Image builds in state BUILD, named `image-1` and so on, with NVRs and a Koji task to match. */
export const buildFactory: Factory<ArtifactBuild, BuildOverrides> = factory(
  'ArtifactBuild',
  (em, number, overrides) => {
    const { name = `image-${number}`, type = 'image', ...rest } = overrides;
    const event = rest.event === undefined ? (rest.depOn?.event ?? eventFactory.build(em)) : rest.event;
    const build = ArtifactBuild.create(em, event, String(name), type, {
      buildId: 1000 + number,
      originalNvr: `${name}-1.0-${number}`,
      rebuiltNvr: `${name}-1.0-${number}.1`,
    });
    return em.assign(build, { ...rest, event } as EntityData<ArtifactBuild>);
  },
);

export const composeFactory: Factory<Compose> = defineFactory(Compose, (number) => ({
  odcsComposeId: number,
}));

/** `event` depends on `eventDependency`; those that are left out are new. */
export const dependencyFactory: Factory<EventDependency> = factory(
  'EventDependency',
  (em, _number, overrides) =>
    em.create(EventDependency, {
      event: overrides.event ?? eventFactory.build(em),
      eventDependency: overrides.eventDependency ?? eventFactory.build(em),
    }),
);

/** Links a build to a compose; those that are left out are new. */
export const linkFactory: Factory<ArtifactBuildCompose> = factory(
  'ArtifactBuildCompose',
  (em, _number, overrides) =>
    em.create(ArtifactBuildCompose, {
      build: overrides.build ?? buildFactory.build(em),
      compose: overrides.compose ?? composeFactory.build(em),
    }),
);
