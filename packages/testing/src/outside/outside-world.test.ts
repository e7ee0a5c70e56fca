import { OutsideWorld } from './outside-world.ts';

test('messages, counters and log are recorded in order, and forgotten by a reset', async () => {
  const world = new OutsideWorld();
  await world.environment.publish('a', { n: 1 });
  await world.environment.publish('b', { n: 2 });
  world.environment.count('freshmaker_event_complete');
  world.environment.count('db_engine_connect');
  world.environment.logger.warn('careful');
  expect(world.messages).toEqual([
    { topic: 'a', payload: { n: 1 } },
    { topic: 'b', payload: { n: 2 } },
  ]);
  expect(world.metrics.all()).toEqual({ freshmaker_event_complete: 1 });
  expect(world.metrics.value('db_engine_connect')).toBe(1);
  expect(world.log).toEqual([{ level: 'warn', message: 'careful' }]);
  world.reset();
  expect([world.messages, world.metrics.all(''), world.log]).toEqual([[], {}, []]);
});

test('counters are compared by difference', async () => {
  const world = new OutsideWorld();
  world.environment.count('freshmaker_a');
  const risen = await world.metrics.difference(async () => {
    world.environment.count('freshmaker_a');
    world.environment.count('freshmaker_b');
    world.environment.count('other');
  });
  expect(risen).toEqual({ freshmaker_a: 1, freshmaker_b: 1 });
});

test('parts are replaced for one test, and recorded all the same', async () => {
  const world = new OutsideWorld();
  world.begin(undefined, { composeState: async () => 'wait' });
  const seen: string[] = [];
  world.replace({ publish: (topic) => void seen.push(topic), now: () => new Date(0) });
  await world.environment.publish('a', {});
  expect(seen).toEqual(['a']);
  expect(world.messages).toHaveLength(1);
  expect(world.environment.now()).toEqual(new Date(0));
  expect(await world.environment.composeState(1)).toBe('wait');
  world.reset();
  await world.environment.publish('b', {});
  expect(seen).toEqual(['a']);
  expect(world.environment.now()).toEqual(world.clock.now());
});

test('a message that could not be sent is not recorded', async () => {
  const world = new OutsideWorld();
  world.replace({ publish: () => Promise.reject(new Error('bus is down')) });
  await expect(async () => world.environment.publish('a', {})).rejects.toThrow('bus is down');
  expect(world.messages).toEqual([]);
});
