/**
 * The cycles of a directed graph: its strongly connected components of more than one member, and every node
 * that points to itself. Tarjan's algorithm with an explicit stack: linear, whatever the depth.
 *
 * @param nodes the nodes to examine
 * @param next the nodes a node points to
 * @returns one array of members per component, along the cycle where it is a plain one
 */
export function findCycles(
  nodes: Iterable<string>,
  next: (node: string) => readonly string[],
): readonly (readonly string[])[] {
  const visits = new Map<string, Visit>();
  const path: Visit[] = [];
  const cycles: string[][] = [];

  const enter = (node: string): Visit => {
    const visit = {
      node,
      targets: next(node),
      at: 0,
      number: visits.size,
      lowest: visits.size,
      isOpen: true,
    };
    visits.set(node, visit);
    path.push(visit);
    return visit;
  };
  const close = ({ node, targets, number }: Visit): void => {
    const members = path.splice(path.findLastIndex((each) => each.number === number));
    for (const member of members) member.isOpen = false;
    if (members.length > 1 || targets.includes(node)) cycles.push(members.map((each) => each.node));
  };

  for (const root of nodes) {
    if (visits.has(root)) continue;
    const entered: Visit[] = [enter(root)];
    for (let visit = entered.at(-1); visit !== undefined; visit = entered.at(-1)) {
      const target = visit.targets[visit.at];
      visit.at += 1;
      if (target === undefined) {
        entered.pop();
        if (visit.lowest === visit.number) close(visit);
        const below = entered.at(-1);
        if (below !== undefined) below.lowest = Math.min(below.lowest, visit.lowest);
        continue;
      }
      const known = visits.get(target);
      if (known === undefined) entered.push(enter(target));
      else if (known.isOpen) visit.lowest = Math.min(visit.lowest, known.number);
    }
  }
  return cycles;
}

/** A node that was met, and where the search is among what it points to. */
interface Visit {
  readonly node: string;
  readonly targets: readonly string[];
  at: number;
  /** When it was met. */
  readonly number: number;
  /** The earliest open node that is known to be reached from here. */
  lowest: number;
  /** Whether its component is not complete yet. */
  isOpen: boolean;
}
