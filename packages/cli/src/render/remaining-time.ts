/** Below this nobody can tell how long it will take, in milliseconds. */
const TOO_EARLY_MS = 500;

/**
 * How long the rest will take when it goes on as it went so far: `8 s`, `3 min`, `2 h`.
 *
 * @returns null while that cannot be told.
 */
export function remainingTime(done: number, total: number, elapsedMs: number): string | null {
  if (done <= 0 || done >= total || elapsedMs < TOO_EARLY_MS) return null;
  const seconds = Math.max(1, Math.round(((total - done) / done) * (elapsedMs / 1000)));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
