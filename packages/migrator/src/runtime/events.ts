import type { RevisionStep } from '../revision/plan.ts';

/** What a run tells while it goes on. Nothing depends on anybody listening. */
export type MigrationEvent =
  | { readonly type: 'stepStarted'; readonly step: RevisionStep }
  | { readonly type: 'stepFinished'; readonly step: RevisionStep; readonly durationMs: number }
  | {
      readonly type: 'progress';
      readonly message: string;
      /** Rows done so far and in all, where they are known. */
      readonly done?: number;
      readonly total?: number;
    }
  | { readonly type: 'statement'; readonly sql: string }
  | { readonly type: 'waiting'; readonly message: string }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'log'; readonly message: string };

export type EventListener = (event: MigrationEvent) => void;
