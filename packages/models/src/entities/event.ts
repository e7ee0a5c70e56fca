import { defineEntity, p } from '@mikro-orm/core';
import { UtcDateTimeType } from '../database/utc-date-time-type.ts';
import { ArtifactBuild } from './artifact-build.ts';
import { FreshmakerBase } from './freshmaker-base.ts';

const EventSchema = defineEntity({
  name: 'Event',
  tableName: 'events',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    messageId: p.string().length(-1),
    searchKey: p.string().length(-1),
    eventTypeId: p.integer(),
    released: p
      .boolean()
      .strictNullable()
      .onCreate(() => true),
    manualTriggered: p
      .boolean()
      .strictNullable()
      .onCreate(() => false),
    state: p.integer().defaultRaw('0').accessor(),
    stateReason: p.string().length(-1).strictNullable(),
    timeCreated: p.type(UtcDateTimeType).strictNullable(),
    dryRun: p
      .boolean()
      .strictNullable()
      .onCreate(() => false),
    requester: p.string().length(-1).strictNullable(),
    requestedRebuilds: p.string().length(-1).strictNullable(),
    requesterMetadata: p.string().length(-1).strictNullable(),
    timeDone: p.type(UtcDateTimeType).strictNullable(),
    builds: () => p.oneToMany(ArtifactBuild).mappedBy('event').orphanRemoval(),
  },
  uniques: [{ name: 'idx_event_message_id', properties: 'messageId' }],
});

/** Something that happened and may call for rebuilds. */
export class Event extends EventSchema.class {
  declare protected _state: number;

  override get state(): number {
    return this._state;
  }

  override set state(state: number | string) {
    this._state = Number(state);
  }
}
EventSchema.setClass(Event);
