/**
 * initial db
 *
 * Revision ID: 8d2e9cd99c54
 * Revises:
 * Create Date: 2017-06-14 23:07:18.679502
 */
import { column, foreignKey, type Operations, t } from '@freshmaker/migrator';

export const revision = '8d2e9cd99c54';
export const downRevision = null;

export function upgrade(op: Operations): void {
  op.createTable('events', [
    column('id', t.integer(), { primaryKey: true }),
    column('message_id', t.string(), { nullable: false }),
    column('search_key', t.string(), { nullable: false }),
    column('event_type_id', t.integer(), { nullable: false }),
  ]);
  op.createTable('artifact_builds', [
    column('id', t.integer(), { primaryKey: true }),
    column('name', t.string(), { nullable: false }),
    column('type', t.integer()),
    column('state', t.integer(), { nullable: false }),
    column('time_submitted', t.dateTime(), { nullable: false }),
    column('time_completed', t.dateTime()),
    column('dep_on_id', t.integer()),
    column('event_id', t.integer()),
    column('build_id', t.integer()),
    column('build_args', t.string()),
    foreignKey(['dep_on_id'], 'artifact_builds', ['id']),
    foreignKey(['event_id'], 'events', ['id']),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable('artifact_builds');
  op.dropTable('events');
}
