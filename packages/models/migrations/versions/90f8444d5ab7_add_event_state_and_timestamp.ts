/**
 * Add event state and timestamp
 *
 * Revision ID: 90f8444d5ab7
 * Revises: 2f5a2f4385a0
 * Create Date: 2017-11-20 23:16:44.079911
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '90f8444d5ab7';
export const downRevision = '2f5a2f4385a0';

/** The tables as they are at this revision. */
interface Tables {
  events: { id: number; state: number };
}

const COMPLETE = 2;

export function upgrade(op: Operations): void {
  op.addColumn('events', column('state', t.integer(), { nullable: false, serverDefault: '0' }));
  op.addColumn('events', column('state_reason', t.string()));
  op.addColumn('events', column('time_created', t.dateTime()));
  // Every event that is there was handled long ago.
  op.run<Tables>(async (db) => {
    await db.updateTable('events').set({ state: COMPLETE }).execute();
  });
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'time_created');
  op.dropColumn('events', 'state_reason');
  op.dropColumn('events', 'state');
}
