import { normalizeExpression } from '../dialects/postgresql/normalize-expression.ts';

/** Whether two expressions say the same, however they are written; null for none. */
export function sameExpression(left: string | null, right: string | null): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  return normalizeExpression(left) === normalizeExpression(right);
}
