/**
 * Makes `run` fail when it takes too long. What it waits for is left alone: nothing can end it.
 *
 * @param limit in milliseconds.
 */
export function withTimeLimit(run: () => unknown, limit: number): () => Promise<void> {
  return async () => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Error(`It did not end within ${limit / 1000} seconds.`)),
      limit,
    );
    try {
      await Promise.race([run(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
