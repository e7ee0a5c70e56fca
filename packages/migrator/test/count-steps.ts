/**
 * Counts the work a call does: every access to a map or set, every element an array is asked to look at.
 * Time would say less and fail more.
 */
export function countSteps(call: () => unknown): number {
  let steps = 0;
  const restore: (() => void)[] = [];
  const watch = <T extends object>(
    owner: T,
    name: keyof T & string,
    cost: (self: { length?: number }) => number,
  ) => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor;
    const original = descriptor.value as (...args: unknown[]) => unknown;
    Object.defineProperty(owner, name, {
      ...descriptor,
      value(this: { length?: number }, ...args: unknown[]) {
        steps += cost(this);
        return original.apply(this, args);
      },
    });
    restore.push(() => Object.defineProperty(owner, name, descriptor));
  };
  const one = () => 1;
  const all = (self: { length?: number }) => (self.length ?? 0) + 1;
  for (const name of ['get', 'set', 'has'] as const) watch(Map.prototype, name, one);
  for (const name of ['add', 'has', 'delete'] as const) watch(Set.prototype, name, one);
  for (const name of ['push', 'pop'] as const) watch(Array.prototype, name, one);
  for (const name of [
    'map',
    'filter',
    'flatMap',
    'includes',
    'indexOf',
    'some',
    'every',
    'find',
    'slice',
    'toReversed',
  ] as const) {
    watch(Array.prototype, name, all);
  }
  try {
    call();
  } finally {
    for (const undo of restore) undo();
  }
  return steps;
}
