/**
 * Add unique index to Event.message_id
 *
 * Revision ID: 807ea37dcf0e
 * Revises: f3223db11e48
 * Create Date: 2018-01-05 11:17:48.343156
 */
import type { Operations } from '@freshmaker/migrator';

export const revision = '807ea37dcf0e';
export const downRevision = 'f3223db11e48';

export function upgrade(op: Operations): void {
  op.createIndex('idx_event_message_id', 'events', ['message_id'], { unique: true });
}

export function downgrade(op: Operations): void {
  op.dropIndex('idx_event_message_id', 'events');
}
