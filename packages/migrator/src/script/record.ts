import { MigratorError, ScriptError } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import { endRecording, Operations } from '../operations/operations.ts';
import { loadScript, type ScriptModule } from './load-script.ts';

export type Direction = 'upgrade' | 'downgrade';

/**
 * Runs one function of a script against a recorder. No database is touched.
 *
 * @param script the revision and where its file is.
 * @throws ScriptError `SCRIPT_LOAD_FAILED` when the file cannot be imported; `SCRIPT_INVALID` when the function is missing
 *   or fails while it records.
 */
export async function record(
  script: { readonly revision: string; readonly path: string },
  direction: Direction,
): Promise<readonly Operation[]> {
  const module = await loadScript(script.path);
  const op = new Operations();
  try {
    await stepOf(module, script, direction)(op);
  } catch (cause) {
    throw asScriptError(cause, script, direction);
  }
  return endRecording(op);
}

function stepOf(
  module: ScriptModule,
  script: { readonly revision: string; readonly path: string },
  direction: Direction,
): (op: Operations) => unknown {
  const step = module[direction];
  if (typeof step === 'function') return step;
  throw new ScriptError(
    'SCRIPT_INVALID',
    `The revision script ${script.path} exports no function ${direction}.`,
    {
      hint:
        direction === 'upgrade'
          ? 'Add `export function upgrade(op) { … }`.'
          : 'Add `export function downgrade(op) { … }`, or say why there is none: `op.irreversible(reason)`.',
      facts: { revision: script.revision, path: script.path, direction },
    },
  );
}

function asScriptError(
  cause: unknown,
  script: { readonly revision: string; readonly path: string },
  direction: Direction,
): MigratorError {
  if (cause instanceof ScriptError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const { hint, facts: known } = cause instanceof MigratorError ? cause : { hint: undefined, facts: {} };
  return new ScriptError(
    'SCRIPT_INVALID',
    `The ${direction} of revision ${script.revision} cannot be recorded: ${reason}`,
    {
      hint: hint ?? `Correct ${script.path}; upgrade and downgrade only record operations on op.`,
      cause,
      facts: { ...known, revision: script.revision, path: script.path, direction },
    },
  );
}
