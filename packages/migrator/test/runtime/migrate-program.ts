// The program that migrate-process.ts starts: one command of the engine, its events as lines, its result as JSON.
import { downgrade, upgrade } from '../../src/commands/upgrade.ts';
import { MigratorError } from '../../src/errors.ts';
import type { MigrationEvent } from '../../src/runtime/events.ts';
import { openDriver } from '../../src/runtime/open-driver.ts';
import type { Order } from './migrate-process.ts';
import { withBoundaries } from './statement-boundaries.ts';

const order = JSON.parse(process.argv[2] ?? '') as Order;
const say = (text: string) => process.stdout.write(`${text}\n`);

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => abort.abort(signal));

let boundaries = 0;
function boundary(): void {
  boundaries++;
  if (boundaries === order.killAt) process.kill(process.pid, 'SIGKILL');
}

function listener(event: MigrationEvent): void {
  if (event.type === 'statement') say(`statement: ${event.sql}`);
  else if ('message' in event) say(`${event.type}: ${event.message}`);
}

const driver = withBoundaries(openDriver(order.settings), boundary);
try {
  const run = order.command === 'downgrade' ? downgrade : upgrade;
  const context = { driver, scripts: { directory: order.directory }, listener, signal: abort.signal };
  const result = await run(context, order.target, order.options);
  say(JSON.stringify({ result, boundaries }));
} catch (error) {
  if (!(error instanceof MigratorError)) throw error;
  say(JSON.stringify({ error, boundaries }));
  process.exitCode = abort.signal.aborted ? 130 : 2;
} finally {
  await driver.close();
}
