import type { Operation } from '../../src/operations/operation.ts';
import { Operations } from '../../src/operations/operations.ts';

/** What a script's function records. */
export function recorded(script: (op: Operations) => void): readonly Operation[] {
  const op = new Operations();
  script(op);
  return op.recorded;
}
