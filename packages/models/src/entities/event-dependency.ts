import { defineEntity, p } from '@mikro-orm/core';
import { Event } from './event.ts';
import { FreshmakerBase } from './freshmaker-base.ts';

const EventDependencySchema = defineEntity({
  name: 'EventDependency',
  tableName: 'event_dependencies',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    event: () => p.manyToOne(Event).deleteRule('no action').updateRule('no action').index(false),
    eventDependency: () => p.manyToOne(Event).deleteRule('no action').updateRule('no action').index(false),
  },
  uniques: [{ name: 'idx_event_dependency_rel', properties: ['event', 'eventDependency'] }],
});

/** `event` depends on `eventDependency`. */
export class EventDependency extends EventDependencySchema.class {}
EventDependencySchema.setClass(EventDependency);
