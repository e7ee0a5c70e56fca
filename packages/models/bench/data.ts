import type { SqlEntityManager } from '@mikro-orm/sql';

/** How many builds an event has; the event in the middle is the one that queries are about. */
export const buildsPerEvent = 20;

/**
 * Fills empty tables: `builds` builds, twenty to an event, every other one waiting for the one before, each with a compose
 * that it shares with 49 others, and events that depend on the event before. Set-based: a million builds take seconds.
 */
export async function fill(
  em: SqlEntityManager,
  dialect: 'sqlite' | 'postgresql',
  builds: number,
): Promise<void> {
  const events = Math.ceil(builds / buildsPerEvent);
  const composes = Math.ceil(builds / 50);
  const numbers = (last: number): string =>
    dialect === 'sqlite'
      ? `(with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${last}) select n from numbers) numbers`
      : `(select generate_series(1, ${last}) as n) numbers`;
  // The last thousand events are from this week, the others are old.
  const time =
    dialect === 'sqlite'
      ? `strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || (case when n > ${events} - 1000 then (n % 6) || ' days' else (8 + n % 3000) || ' days' end))`
      : `(now() at time zone 'utc') - (case when n > ${events} - 1000 then n % 6 else 8 + n % 3000 end) * interval '1 day'`;
  const no = dialect === 'sqlite' ? '0' : 'false';
  const yes = dialect === 'sqlite' ? '1' : 'true';

  await em.execute(
    `insert into events (message_id, search_key, event_type_id, released, manual_triggered, state, time_created, dry_run, requester)
     select 'message-' || n, cast(100000 + n / 3 as varchar), case when n % 50 = 0 then 13 else 8 end,
       case when n % 500 = 0 then ${no} else ${yes} end, ${no},
       case when n > ${events} - 200 then 1 when n % 10 = 0 then 3 else 2 end, ${time}, ${no},
       case when n % 50 = 0 then 'user-' || n % 100 end
     from ${numbers(events)}`,
  );
  await em.execute(
    `insert into artifact_builds (name, type, state, time_submitted, event_id, build_id, original_nvr, rebuilt_nvr, rebuild_reason)
     select 'name-' || n % 2000, case when n % 40 = 0 then 2 else 1 end,
       case when n > ${builds} - 4000 then case when n % 4 = 0 then 0 else 4 end when n % 5 = 0 then 2 else 1 end,
       ${time}, (n - 1) / ${buildsPerEvent} + 1, case when n % 10 > 0 then 1000000 + n end,
       'name-' || n % 2000 || '-' || n % 50000, 'name-' || n % 2000 || '-' || n || '.1', n % 3
     from ${numbers(builds)}`,
  );
  await em.execute('update artifact_builds set dep_on_id = id - 1 where id % 2 = 0');
  await em.execute(`insert into composes (odcs_compose_id) select 500000 + n from ${numbers(composes)}`);
  await em.execute(
    `insert into artifact_build_composes (build_id, compose_id) select id, id % ${composes} + 1 from artifact_builds`,
  );
  await em.execute(
    'insert into event_dependencies (event_id, event_dependency_id) select id, id - 1 from events where id > 1',
  );
}
