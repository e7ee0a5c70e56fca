import type { StepEnvironment } from './step-environment.ts';

/**
 * Does work that may point PostgreSQL to other schemas, and points it back: the version row belongs into the table it was
 * read from, and the next revision into the schemas that the connection was opened for.
 */
export async function keepSearchPath<Result>(
  { session, dialect }: Pick<StepEnvironment, 'session' | 'dialect'>,
  work: () => Promise<Result>,
): Promise<Result> {
  if (dialect.name !== 'postgresql') return work();
  const read = async () =>
    (await session.query<{ path: string }>("SELECT current_setting('search_path') AS path")).rows[0]?.path;
  const before = await read();
  const result = await work();
  if ((await read()) !== before) await session.query("SELECT set_config('search_path', $1, false)", [before]);
  return result;
}
