import type { Schema, Trigger, View } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { quoteIdentifier } from './literal.ts';
import { run } from './statement.ts';

/** Views and triggers that are dropped for a while and created again as they stand. */
export interface SetAside {
  readonly views: readonly View[];
  readonly triggers: readonly Trigger[];
}

export const nothingAside: SetAside = { views: [], triggers: [] };

/**
 * Finds the views and triggers that SQLite cannot read. To rename something, or to drop a column, it reads all there are,
 * and gives up at the first that it cannot; to create them, it does not read them.
 */
export function setAside(schema: Schema): { readonly aside: SetAside; readonly rest: Schema } {
  const views = schema.views.filter((view) => view.unreadable !== undefined);
  const triggers = schema.triggers.filter((trigger) => trigger.unreadable !== undefined);
  const rest = {
    ...schema,
    views: schema.views.filter((each) => !views.includes(each)),
    triggers: schema.triggers.filter((each) => !triggers.includes(each)),
  };
  return { aside: { views, triggers }, rest };
}

export function takeAway({ views, triggers }: SetAside): Statement[] {
  return [
    ...triggers.map(({ name }) => run(`DROP TRIGGER ${quoteIdentifier(name)}`)),
    ...views.map(({ name }) => run(`DROP VIEW ${quoteIdentifier(name)}`)),
  ];
}

export function putBack({ views, triggers }: SetAside): Statement[] {
  return [...views, ...triggers].map(({ sql }) => run(sql));
}

export function together(one: SetAside, other: SetAside): SetAside {
  return { views: [...one.views, ...other.views], triggers: [...one.triggers, ...other.triggers] };
}

/** A table that is dropped takes its triggers along. */
export function withoutTriggersOf(table: string, { views, triggers }: SetAside): SetAside {
  return { views, triggers: triggers.filter((each) => each.table !== table) };
}
