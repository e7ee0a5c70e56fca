// The models after the change: a note may be attached to an event.
import { discoverEntities, Event, FreshmakerBase, resolveDatabaseOptions } from '@freshmaker/models';
import { defineEntity, p } from '@mikro-orm/core';

const NoteSchema = defineEntity({
  name: 'Note',
  tableName: 'notes',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    event: () => p.manyToOne(Event).deleteRule('no action').updateRule('no action').index(false),
    text: p.string().length(-1),
  },
});

class Note extends NoteSchema.class {}
NoteSchema.setClass(Note);

export default async () =>
  resolveDatabaseOptions('sqlite://', { entities: [...(await discoverEntities()), Note] });
