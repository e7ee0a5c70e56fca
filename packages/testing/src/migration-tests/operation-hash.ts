import { createHash } from 'node:crypto';
import { type Operation, type RevisionDocument, record } from '@freshmaker/migrator/engine';
import { canonicalCode } from './code-text.ts';

/** A hash of what a script does in both directions, not of how it is written. */
export async function operationHash({ revision, path }: RevisionDocument): Promise<string> {
  const upgrade = await record({ revision, path }, 'upgrade');
  const downgrade = await record({ revision, path }, 'downgrade');
  return hashOperations({ upgrade, downgrade });
}

function hashOperations(recorded: {
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
}): string {
  return createHash('sha256').update(canonicalJson(recorded)).digest('hex');
}

/** JSON with sorted keys; functions by their code, bytes and the like by their text. */
function canonicalJson(value: unknown): string {
  if (typeof value === 'function') return JSON.stringify(`function ${canonicalCode(String(value))}`);
  if (typeof value === 'bigint' || value === undefined) return JSON.stringify(`${typeof value} ${value}`);
  if (value instanceof Uint8Array) return JSON.stringify(`bytes ${Buffer.from(value).toString('hex')}`);
  if (value instanceof Date || value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const parts = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${parts.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
}
