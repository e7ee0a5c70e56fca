/**
 * Remove Event.compose_id
 *
 * Revision ID: b17231ee8220
 * Revises: 6004dadc9ac4
 * Create Date: 2017-12-25 10:51:05.484216
 */
import {
  column,
  type Generated,
  type Kysely,
  type Operations,
  type RunContext,
  t,
} from '@freshmaker/migrator';

export const revision = 'b17231ee8220';
export const downRevision = '6004dadc9ac4';

/** The tables as they are at this revision. */
interface Tables {
  events: { id: number; message_id: string; compose_id: number | null };
  artifact_builds: { id: number; event_id: number | null };
  composes: { id: Generated<number>; odcs_compose_id: number };
  artifact_build_composes: { build_id: number; compose_id: number };
}

/** One compose for each event that has one, linked to all builds of the event; the lowest id where there are several. */
async function moveComposesToTheirTables(db: Kysely<Tables>): Promise<void> {
  await db
    .insertInto('composes')
    .columns(['odcs_compose_id'])
    .expression(
      db
        .selectFrom('events')
        .select((row) => row.ref('events.compose_id').$notNull().as('odcs_compose_id'))
        .where('compose_id', 'is not', null)
        .orderBy('id'),
    )
    .execute();
  await db
    .insertInto('artifact_build_composes')
    .columns(['build_id', 'compose_id'])
    .expression(
      db
        .selectFrom('artifact_builds')
        .innerJoin('events', 'events.id', 'artifact_builds.event_id')
        .innerJoin(
          (from) =>
            from
              .selectFrom('composes')
              .select((row) => ['odcs_compose_id', row.fn.min('id').as('id')])
              .groupBy('odcs_compose_id')
              .as('first'),
          (join) => join.onRef('first.odcs_compose_id', '=', 'events.compose_id'),
        )
        .select(['artifact_builds.id as build_id', 'first.id as compose_id'])
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom('artifact_build_composes as link')
                .select('link.build_id')
                .whereRef('link.build_id', '=', 'artifact_builds.id')
                .whereRef('link.compose_id', '=', 'first.id'),
            ),
          ),
        ),
    )
    .execute();
}

/** A compose is restored through the event of a build that is linked to it, and an event can hold one. */
async function refuseUnrestorable(db: Kysely<Tables>, context: RunContext): Promise<void> {
  const homeless = await db
    .selectFrom('composes')
    .select(['id', 'odcs_compose_id'])
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('artifact_build_composes as link')
            .innerJoin('artifact_builds', 'artifact_builds.id', 'link.build_id')
            .innerJoin('events', 'events.id', 'artifact_builds.event_id')
            .select('link.build_id')
            .whereRef('link.compose_id', '=', 'composes.id'),
        ),
      ),
    )
    .orderBy('id')
    .execute();
  if (homeless.length > 0) {
    const names = homeless.map((each) => `${each.id} (ODCS ${each.odcs_compose_id})`).join(', ');
    context.irreversible(`no build of an event is linked to compose ${names}.`, {
      hint: 'Link these composes to a build or delete them, then run the command again.',
      composes: homeless,
    });
  }
  const crowded = await composesOfEvents(db)
    .groupBy(['artifact_builds.event_id'])
    .having((row) => row.fn.count('link.compose_id').distinct(), '>', 1)
    .select('artifact_builds.event_id as id')
    .orderBy('id')
    .execute();
  if (crowded.length > 0) {
    const ids = crowded.map((each) => each.id);
    context.irreversible(
      `the builds of event ${ids.join(', ')} are linked to several composes, an event holds one.`,
      {
        hint: 'Leave one compose to the builds of each of these events, then run the command again.',
        events: ids,
      },
    );
  }
}

async function restoreComposesOfEvents(db: Kysely<Tables>): Promise<void> {
  await db
    .updateTable('events')
    .set((row) => ({
      compose_id: row
        .selectFrom('artifact_build_composes as link')
        .innerJoin('artifact_builds', 'artifact_builds.id', 'link.build_id')
        .innerJoin('composes', 'composes.id', 'link.compose_id')
        .select((inner) => inner.fn.min('composes.odcs_compose_id').as('odcs_compose_id'))
        .whereRef('artifact_builds.event_id', '=', 'events.id'),
    }))
    .execute();
}

function composesOfEvents(db: Kysely<Tables>) {
  return db
    .selectFrom('artifact_build_composes as link')
    .innerJoin('artifact_builds', 'artifact_builds.id', 'link.build_id')
    .where('artifact_builds.event_id', 'is not', null);
}

export function upgrade(op: Operations): void {
  op.run<Tables>(moveComposesToTheirTables);
  // Its values are in the compose tables now.
  op.dropColumn('events', 'compose_id', { allowDataLoss: true });
}

export function downgrade(op: Operations): void {
  op.addColumn('events', column('compose_id', t.integer()));
  op.run<Tables>(async (db, context) => {
    await refuseUnrestorable(db, context);
    await restoreComposesOfEvents(db);
    await db.deleteFrom('artifact_build_composes').execute();
    await db.deleteFrom('composes').execute();
  });
}
