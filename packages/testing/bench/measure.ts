/** How long something takes, in milliseconds: the median, and the best. */
export interface Measured {
  readonly median: number;
  readonly best: number;
  readonly runs: number;
}

/**
 * Measures one piece of work again and again.
 *
 * @param prepare is not measured; what it returns is handed to the work.
 * @param finish is not measured either.
 */
export async function measure<Prepared>(
  runs: number,
  prepare: () => Promise<Prepared>,
  work: (prepared: Prepared) => Promise<unknown>,
  finish: (prepared: Prepared) => Promise<unknown> = async () => undefined,
): Promise<Measured> {
  const times: number[] = [];
  // The first ones compile code and fill caches.
  const warmUp = Math.min(3, runs);
  for (let run = 0; run < runs + warmUp; run += 1) {
    const prepared = await prepare();
    const started = performance.now();
    await work(prepared);
    if (run >= warmUp) times.push(performance.now() - started);
    await finish(prepared);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)] as number, best: times[0] as number, runs };
}
