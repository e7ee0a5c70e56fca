// A process of its own: scripts run as in production, on Node's module loader, whatever test runner asked for them,
// and nothing that a test mocks or freezes reaches them.
import type { BuildJob } from './build-job.ts';
import { openTarget } from './build-target.ts';

async function build({ recipe, target: address }: BuildJob): Promise<void> {
  const target = await openTarget(address);
  try {
    if (recipe.kind === 'statements') await target.execute(recipe.sql);
    else {
      const { upgrade } = await import('@freshmaker/migrator/engine');
      const options = { production: false, backup: false };
      await upgrade({ scripts: recipe.scripts, driver: await target.driver() }, 'heads', options);
    }
    await target.save();
  } finally {
    await target.close();
  }
}

try {
  await build(JSON.parse(process.argv[2] as string));
} catch (error) {
  const { message, hint } = error as Error & { hint?: string };
  process.stderr.write([message, ...(hint ? [hint] : [])].join('\n'));
  process.exitCode = 1;
}
