import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { RebuildReason } from '../enums/rebuild-reason.ts';

export async function lowestBuildId(em: SqlEntityManager): Promise<number> {
  const [row] = await em.execute<{ lowest: number | null }[]>(
    'select min(build_id) as "lowest" from artifact_builds',
  );
  return row?.lowest ?? 0;
}

export async function lowestComposeId(em: SqlEntityManager): Promise<number> {
  const [row] = await em.execute<{ lowest: number | null }[]>(
    'select min(odcs_compose_id) as "lowest" from composes',
  );
  return row?.lowest ?? 0;
}

export async function rebuiltOriginalNvrs(
  em: SqlEntityManager,
  searchKey: string,
  directlyAffected: boolean,
): Promise<string[]> {
  const rows = await em.execute<{ nvr: string }[]>(
    `select distinct b.original_nvr as "nvr" from artifact_builds b join events e on e.id = b.event_id
     where e.search_key = ? and b.state = ? and b.original_nvr is not null
     ${directlyAffected ? 'and b.rebuild_reason = ?' : ''}`,
    [searchKey, ArtifactBuildState.DONE, ...(directlyAffected ? [RebuildReason.DIRECTLY_AFFECTED] : [])],
  );
  return rows.map(({ nvr }) => nvr).sort();
}
