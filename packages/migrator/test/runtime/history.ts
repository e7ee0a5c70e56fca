import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A revision script in short: what its functions hold, as text. */
export interface Script {
  readonly revision: string;
  /** Null for a base. */
  readonly down: string | null;
  readonly up: string;
  readonly back?: string;
}

/** Writes scripts into the folder's `versions`, over those that are there. */
export function writeHistory(folder: string, history: readonly Script[]): { readonly directory: string } {
  const versions = join(folder, 'versions');
  rmSync(versions, { recursive: true, force: true });
  mkdirSync(versions, { recursive: true });
  for (const script of history) writeFileSync(join(versions, `${script.revision}_step.mjs`), textOf(script));
  return { directory: folder };
}

function textOf({ revision, down, up, back = '' }: Script): string {
  return `/**
 * Step ${revision}
 */
export const revision = '${revision}';
export const downRevision = ${JSON.stringify(down)};
export function upgrade(op) {
  const { column, t } = op;
${up}
}
export function downgrade(op) {
  const { column, t } = op;
${back}
}
`;
}

/** A chain: each script on the one before, in the order given. */
export function chain(
  ...steps: readonly (readonly [revision: string, up: string, back?: string])[]
): Script[] {
  return steps.map(([revision, up, back], at) => ({
    revision,
    down: steps[at - 1]?.[0] ?? null,
    up,
    ...(back === undefined ? {} : { back }),
  }));
}
