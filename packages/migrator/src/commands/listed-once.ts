import type { OperationDescription } from '../operations/describe.ts';

/**
 * What several databases need as one list: what is the same on all of them once, a change of a column that one of them
 * sees more of (a comment, an identity) as that which says all.
 *
 * @param lists by database.
 */
export function listedOnce(lists: readonly (readonly OperationDescription[])[]): OperationDescription[] {
  const listed = new Map<string, OperationDescription[]>();
  for (const each of lists.flat()) {
    const key = JSON.stringify(each.kind === 'alterColumn' ? [each.kind, each.table, each.column] : each);
    const same = listed.get(key) ?? [];
    const at = same.findIndex((other) => each.kind !== 'alterColumn' || agree(each, other));
    const other = same[at];
    if (other === undefined) listed.set(key, [...same, each]);
    else if (each.kind === 'alterColumn') same[at] = merged(other, each);
  }
  return [...listed.values()].flat();
}

type Values = Readonly<Record<string, unknown>>;

/** Whether two changes of a column have something in common and contradict each other in nothing. */
function agree(one: OperationDescription, other: OperationDescription): boolean {
  const [left, right] = [one.to as Values, other.to as Values];
  const shared = Object.keys(left).filter((key) => key in right);
  return shared.length > 0 && shared.every((key) => JSON.stringify(left[key]) === JSON.stringify(right[key]));
}

function merged(one: OperationDescription, other: OperationDescription): OperationDescription {
  return {
    ...one,
    from: { ...(other.from as Values), ...(one.from as Values) },
    to: { ...(other.to as Values), ...(one.to as Values) },
  };
}
