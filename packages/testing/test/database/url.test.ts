import { connect, Event, User } from '@freshmaker/models';
import type { MikroORM } from '@mikro-orm/sql';
import { createTestDatabase, describeEngines, useTestDatabase } from '../../src/index.ts';

describeEngines(
  'a database that others open by its URL',
  ({ engine }) => {
    const db = useTestDatabase({ engine, file: true, user: 'tester1' });
    /** As code under test has it, open all the time. */
    let other: MikroORM;
    beforeAll(async () => {
      other = await connect({ databaseUrl: db.url as string });
    });
    afterAll(() => other.close());

    const found = async (orm: MikroORM) =>
      (await orm.em.fork().find(Event, {})).map(({ id, messageId }) => [id, messageId]);

    // As many changes in each, and nothing read in between: a count of changes does not tell one from the other.
    test.each(['first', 'second', 'third'])(
      'shows to them what the %s test writes, and no other',
      async (messageId) => {
        await db.factories().event({ messageId });
        expect(await found(other)).toEqual([[1, messageId]]);
        expect(await other.em.fork().count(User)).toBe(1);
      },
    );

    test('shows what they write, which is gone in the next test', async () => {
      const em = other.em.fork();
      Event.create(em as Parameters<typeof Event.create>[0], 'theirs', 'key', 3);
      await em.flush();
      expect(await found(db.orm)).toEqual([[1, 'theirs']]);
      await db.fresh();
      expect(await found(db.orm)).toEqual([]);
      expect(await found(other)).toEqual([]);
    });
  },
  ['sqlite', 'postgresql'],
);

test('a file is gone with its database', async () => {
  const { existsSync } = await import('node:fs');
  const db = await createTestDatabase({ file: true });
  const path = (db.url as string).replace('sqlite:///', '');
  expect(existsSync(path)).toBe(true);
  await db[Symbol.asyncDispose]();
  expect(existsSync(path)).toBe(false);
});
