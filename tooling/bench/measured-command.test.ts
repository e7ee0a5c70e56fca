import { tmpdir } from 'node:os';
import { measureCase } from './interleaved.ts';
import { type Command, runCommand } from './measured-command.ts';

const node = (source: string): Command => ({ argv: [process.execPath, '-e', source], cwd: tmpdir() });

test('tells what a command printed, and how much memory it had', async () => {
  const run = await runCommand(node("process.stdout.write('done'); setTimeout(() => 0, 100)"), 60);
  expect(run).toMatchObject({ stdout: 'done', ended: true });
  expect(run.seconds).toBeGreaterThan(0);
  if (process.platform === 'linux') expect(run.peakMegabytes).toBeGreaterThan(10);
});

test('fails with what a failing command says', async () => {
  const failing = node("console.error('no such thing'); process.exit(3)");
  await expect(runCommand(failing, 60)).rejects.toThrow(/ended with 3:\nno such thing/);
});

test('ends a command that takes too long', async () => {
  expect(await runCommand(node('setInterval(() => 0, 1000)'), 0.5)).toMatchObject({ ended: false });
});

test('programs take turns; the first round warms up, and each has its runs', async () => {
  const turns: string[] = [];
  const contestant = (program: string) => ({
    program,
    command: node(''),
    before: () => void turns.push(program),
  });
  const effort = { runs: 2, budgetSeconds: 60, limitSeconds: 60 };
  const contestants = [contestant('one'), contestant('two')];
  const { results } = await measureCase({ what: 'nothing', database: null, contestants }, effort);
  expect(turns).toEqual(['one', 'two', 'one', 'two', 'one', 'two']);
  expect(results.map((each) => each.seconds.length)).toEqual([2, 2]);
});

test('a wrong answer is an error', async () => {
  const wrong = { program: 'one', command: node(''), check: () => 'answers nothing' };
  const effort = { runs: 1, budgetSeconds: 60, limitSeconds: 60 };
  await expect(measureCase({ what: 'heads', database: null, contestants: [wrong] }, effort)).rejects.toThrow(
    'one, heads: answers nothing',
  );
});
