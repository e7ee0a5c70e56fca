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
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open = new Set<string>();
  const path: string[] = [];
  const cycles: string[][] = [];

  const enter = (node: string): Frame => {
    const number = index.size;
    index.set(node, number);
    lowest.set(node, number);
    path.push(node);
    open.add(node);
    return { node, targets: next(node), at: 0 };
  };
  const lower = (node: string, value: number): void => {
    if (value < (lowest.get(node) as number)) lowest.set(node, value);
  };
  const close = (node: string): void => {
    const members: string[] = [];
    let member: string;
    do {
      member = path.pop() as string;
      open.delete(member);
      members.push(member);
    } while (member !== node);
    if (members.length > 1 || next(node).includes(node)) cycles.push(members.reverse());
  };

  for (const root of nodes) {
    if (index.has(root)) continue;
    const frames: Frame[] = [enter(root)];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const target = frame.targets[frame.at];
      frame.at += 1;
      if (target === undefined) {
        frames.pop();
        const { node } = frame;
        if (lowest.get(node) === index.get(node)) close(node);
        const below = frames.at(-1);
        if (below !== undefined) lower(below.node, lowest.get(node) as number);
      } else if (!index.has(target)) {
        frames.push(enter(target));
      } else if (open.has(target)) {
        lower(frame.node, index.get(target) as number);
      }
    }
  }
  return cycles;
}

interface Frame {
  readonly node: string;
  readonly targets: readonly string[];
  at: number;
}
