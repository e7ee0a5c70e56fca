import type { Schema } from '../schema/schema.ts';
import type { FoundCheckpoint } from './segments/checkpoint.ts';

/** How a step ended. */
export type StepOutcome =
  | { readonly kind: 'applied'; readonly schema: Schema | null }
  /** Somebody else migrated meanwhile; nothing was done. */
  | { readonly kind: 'moved'; readonly heads: readonly string[] }
  /** Another revision is half done and has to be finished first; nothing was done. */
  | { readonly kind: 'unfinished'; readonly checkpoint: FoundCheckpoint }
  /** Somebody else is migrating, and this run leaves it to them. */
  | { readonly kind: 'skipped' };
