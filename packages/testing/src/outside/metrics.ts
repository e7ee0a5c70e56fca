/** Counters that rise while a test runs. */
export class Metrics {
  readonly #counts = new Map<string, number>();

  /** How often a counter has risen since the test began. */
  value(counter: string): number {
    return this.#counts.get(counter) ?? 0;
  }

  /** All counters that have risen and whose names begin with a prefix, Freshmaker's own by default. */
  all(prefix = 'freshmaker_'): Record<string, number> {
    return Object.fromEntries([...this.#counts].filter(([name]) => name.startsWith(prefix)));
  }

  /** By how much counters rise while `work` runs; those that do not are left out. */
  async difference(work: () => unknown, prefix?: string): Promise<Record<string, number>> {
    const before = this.all(prefix);
    await work();
    const risen = Object.entries(this.all(prefix)).map(
      ([name, value]) => [name, value - (before[name] ?? 0)] as const,
    );
    return Object.fromEntries(risen.filter(([, by]) => by > 0));
  }

  count(counter: string): void {
    this.#counts.set(counter, this.value(counter) + 1);
  }

  reset(): void {
    this.#counts.clear();
  }
}
