/** An index that the history's head does not have. */
export interface CandidateIndex {
  readonly name: string;
  readonly on: string;
}

const index = (table: string, columns: string, where = ''): CandidateIndex => ({
  name: `idx_${table}_${columns.replaceAll(', ', '_')}${where === '' ? '' : '_partial'}`,
  on: `${table} (${columns})${where}`,
});

/** In the order in which they are thought to help. */
export const candidates: readonly CandidateIndex[] = [
  index('artifact_builds', 'event_id, state'),
  index('artifact_builds', 'dep_on_id'),
  index('artifact_builds', 'build_id'),
  index('events', 'search_key'),
  index('artifact_build_composes', 'compose_id'),
  index('event_dependencies', 'event_dependency_id'),
  index('artifact_builds', 'name'),
  index('artifact_builds', 'original_nvr'),
  index('artifact_builds', 'rebuilt_nvr'),
  index('events', 'state, time_created'),
  index('events', 'event_type_id'),
  index('events', 'requester'),
  index('events', 'id', ' where released = false'),
];
