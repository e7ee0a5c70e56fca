/** In the place of `performance.now`, which loads all of Node's measuring: milliseconds of a clock that is never set. */
export function monotonicNow(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
