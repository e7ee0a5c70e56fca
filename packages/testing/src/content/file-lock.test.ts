import { setTimeout as sleep } from 'node:timers/promises';
import { withFileLock } from './file-lock.ts';

const name = `test-${process.pid}-${Math.random().toString(36).slice(2)}`;

test('work under one name never overlaps, and all of it is done', async () => {
  const log: string[] = [];
  await Promise.all(
    ['a', 'b', 'c'].map((each) =>
      withFileLock(name, async () => {
        log.push(`${each} begins`);
        await sleep(5);
        log.push(`${each} ends`);
      }),
    ),
  );
  expect(log).toHaveLength(6);
  for (let at = 0; at < 6; at += 2) {
    expect(log[at]?.replace('begins', 'ends')).toBe(log[at + 1]);
  }
});

test('work under other names goes on', async () => {
  await withFileLock(name, () => withFileLock(`${name}-other`, async () => undefined));
});

test('a failure is passed on and gives the lock back', async () => {
  const failing = withFileLock(name, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await expect(withFileLock(name, async () => 1)).resolves.toBe(1);
});
