import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { postgresql } from './place.ts';
test.each(postgresql)('$name stress', async (engine) => {
  let stage = '';
  const worker = async (w: number) => {
    for (let n = 0; n < 40; n++) {
      stage = `${w} ${n} opening`;
      const timer = setTimeout(() => process.stderr.write(`STUCK ${engine.name} worker ${w} n ${n} ${local}\n`), 20000);
      let local = 'opening';
      const place = await engine.open();
      local = 'migrating';
      await upgrade({ driver: place.driver, scripts: place.scripts(chain(
        ['aaaa00', `op.createTable('walked', [column('a', t.integer()), column('b', t.text()), column('mark', t.integer()), op.primaryKey(['a', 'b'])]); op.bulkInsert('walked', [[1, 'x', 1], [1, "y'", 2], [2, '', 3], [2, 'x', 4]].map(([a, b, mark]) => ({ a, b, mark })));`],
        ['aaaa01', `op.run(async (db, context) => { for await (const batch of context.batches('walked', { size: 1 })) await new Promise((r) => setTimeout(r, 10)); });`],
      )) }, 'head', { lock: { mode: 'wait', timeoutSeconds: 60, attemptSeconds: 0.3 } });
      local = 'querying';
      await place.query('SELECT 1');
      local = 'closing ' + stage;
      await place.driver.close();
      local = 'dropping';
      await place[Symbol.asyncDispose]();
      clearTimeout(timer);
    }
  };
  await Promise.all([worker(1), worker(2), worker(3)]);
});
