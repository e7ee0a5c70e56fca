import type { Check, CheckSubject } from './check.ts';
import { HistoryWalk } from './history-walk.ts';
import { checkImports } from './imports.ts';
import { checkModelsAtHead } from './models-at-head.ts';
import { checkOfflineSql } from './offline-sql.ts';
import { checkRecordedHashes, checkSingleHead } from './recorded-hashes.ts';
import { checkRoundTrip } from './round-trip.ts';

/** A history on an engine, about which checks find out something. */
export interface Subject {
  /** @throws MigrationTestFailure that says what is wrong. */
  run(check: Check): Promise<void>;
  close(): Promise<void>;
}

export function checkSubject({ scripts, engine }: CheckSubject): Subject {
  const walk = new HistoryWalk(engine, scripts);
  return {
    async run(check) {
      switch (check.kind) {
        case 'singleHead':
          return checkSingleHead(scripts);
        case 'recorded':
          return checkRecordedHashes(scripts, check.file);
        case 'imports':
          return checkImports(scripts, check.allowed);
        case 'models':
          return checkModelsAtHead(walk, check.schema, check.tables);
        case 'roundTrip': {
          const revision = await walk.revisionIn(check.path);
          const losses = new Set(check.losses[revision.revision]);
          return checkRoundTrip(walk, revision, { values: check.values, losses });
        }
        case 'offlineSql':
          return checkOfflineSql(walk, await walk.revisionIn(check.path), { values: check.values });
      }
    },
    close: async () => walk[Symbol.asyncDispose](),
  };
}
