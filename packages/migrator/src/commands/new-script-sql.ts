import type { Dialect } from '../dialects/dialect.ts';
import type { Operation } from '../operations/operation.ts';
import type { NewRevision } from '../revision/new-revision.ts';
import type { RevisionStep } from '../revision/plan.ts';
import type { RevisionMap } from '../revision/revision-map.ts';
import type { VersionChange } from '../revision/version-rows.ts';
import { printSteps } from '../runtime/offline.ts';
import { replay } from '../script/replay.ts';
import { historyOperations } from './history-operations.ts';

export interface NewScriptSql {
  readonly place: NewRevision;
  readonly revision: string;
  readonly message: string;
  readonly upgrade: readonly Operation[];
  readonly dialect: Dialect;
}

/** The SQL that the upgrade of a script runs which is not written yet, on a database at its parents. */
export async function printNewScript(
  map: RevisionMap,
  { place, revision, message, upgrade, dialect }: NewScriptSql,
): Promise<string> {
  const { downRevisions, dependsOn, branchLabels } = place;
  const step: RevisionStep = {
    revision: {
      revision,
      downRevisions,
      dependsOn,
      branchLabels,
      message,
      doc: message,
      createDate: null,
      path: '',
    },
    direction: 'upgrade',
    fromRevisions: downRevisions,
    toRevisions: [revision],
    versionChange: versionChange(downRevisions, revision),
  };
  const before = replay(await historyOperations(map, [...downRevisions, ...dependsOn]), dialect);
  const fromBase = downRevisions.length === 0;
  const lines = await printSteps([{ step, operations: upgrade }], {
    dialect,
    before,
    fromBase,
    skipDataSteps: false,
  });
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The parents' rows become that of the new revision. */
function versionChange(downRevisions: readonly string[], to: string): VersionChange {
  const from = downRevisions.at(-1);
  return from === undefined
    ? { deletes: [], updates: [], inserts: [to] }
    : { deletes: downRevisions.slice(0, -1), updates: [{ from, to }], inserts: [] };
}
