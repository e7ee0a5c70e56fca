/** How long something takes, in milliseconds: the median, and the best. */
export interface Measured {
  readonly median: number;
  readonly best: number;
  readonly runs: number;
}

/** What is slow is not repeated for longer than this, in milliseconds, once it was run often enough for a median. */
const budget = 4000;
const enough = 5;

/**
 * Measures one piece of work again and again.
 *
 * @param runs how often at most.
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
  const end = performance.now() + budget;
  for (let run = 0; run < runs + warmUp; run += 1) {
    if (times.length >= enough && performance.now() > end) break;
    const prepared = await prepare();
    const started = performance.now();
    await work(prepared);
    if (run >= warmUp) times.push(performance.now() - started);
    await finish(prepared);
  }
  times.sort((a, b) => a - b);
  return {
    median: times[Math.floor(times.length / 2)] as number,
    best: times[0] as number,
    runs: times.length,
  };
}
