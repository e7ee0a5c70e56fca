import { createServer } from './server.ts';

const databaseUrl = process.env.FRESHMAKER_DATABASE_URL ?? 'sqlite:///freshmaker.db';
const port = Number(process.env.PORT ?? 5001);

try {
  const server = await createServer({ databaseUrl, logger: true });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
  await server.listen({ port });
} catch (error) {
  const { message, hint } = error as { message: string; hint?: string };
  process.stderr.write(`${message}\n${hint === undefined ? '' : `${hint}\n`}`);
  process.exitCode = 1;
}
