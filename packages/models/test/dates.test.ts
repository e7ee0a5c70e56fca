import { Event, UnreadableDate } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { event } from './rows.ts';

describe.each(engines)('dates on $name', (engine) => {
  const database = useDatabase(engine);

  test('go to the database as SQLAlchemy writes them, and come back', async () => {
    const em = database.current.em();
    const created = await event(em, 'm1', 'k', 3);
    created.timeDone = new Date('2017-12-02T10:20:30.007Z');
    await em.flush();
    const [row] = await em.execute<{ time_done: string }[]>('select time_done from events');
    expect(row?.time_done).toBe(
      engine.dialect === 'sqlite' ? '2017-12-02 10:20:30.007000' : '2017-12-02 10:20:30.007',
    );
    expect((await database.current.em().findOneOrFail(Event, 1)).timeDone).toEqual(created.timeDone);
  });

  test('of rows with and without a fraction compare and sort as instants', async () => {
    const em = database.current.em();
    const texts = [
      '2017-12-01 00:00:00',
      '2017-12-01 00:00:00.000000',
      '2017-12-01 00:00:00.000001',
      '2017-11-30 23:59:59.999999',
      '2017-12-01 00:00:01',
    ];
    for (const [index, text] of texts.entries()) {
      await event(em, `m${index}`, 'k', 3);
      await em.execute('update events set time_created = ? where id = ?', [text, index + 1]);
    }
    const at = new Date('2017-12-01T00:00:00Z');
    const found = async (timeCreated: Record<string, Date>) =>
      (await database.current.em().find(Event, { timeCreated }, { orderBy: { id: 'asc' } })).map(
        ({ id }) => id,
      );
    expect(await found({ $gte: at })).toEqual([1, 2, 3, 5]);
    expect(await found({ $gt: at })).toEqual([3, 5]);
    expect(await found({ $lte: at })).toEqual([1, 2, 4]);
    expect(await found({ $lt: at })).toEqual([4]);
    const sorted = await database.current.em().findAll(Event, { orderBy: { timeCreated: 'asc', id: 'asc' } });
    expect(sorted.map(({ id }) => id)).toEqual([4, 1, 2, 3, 5]);
  });

  test('keep their microseconds while another column is written', async () => {
    const em = database.current.em();
    await event(em, 'm1', 'k', 3);
    await em.execute("update events set time_created = '2017-12-01 00:00:00.123456'");
    const fresh = database.current.em();
    const read = await fresh.findOneOrFail(Event, 1);
    read.requester = 'bob';
    await fresh.flush();
    await fresh.refresh(read);
    read.requester = 'carol';
    await fresh.flush();
    const [row] = await em.execute<object[]>('select time_created, requester from events');
    expect(row).toEqual({ time_created: '2017-12-01 00:00:00.123456', requester: 'carol' });
  });

  test('that are none are refused before anything is written', async () => {
    const em = database.current.em();
    const created = await event(em, 'm1', 'k', 3);
    created.timeDone = new Date(Number.NaN);
    await expect(em.flush()).rejects.toThrow(RangeError);
  });

  if (engine.dialect === 'sqlite') {
    test('that are broken in the file are kept as they are', async () => {
      const em = database.current.em();
      await event(em, 'm1', 'k', 3);
      await em.execute("update events set time_created = 'yesterday'");
      const fresh = database.current.em();
      const read = await fresh.findOneOrFail(Event, 1);
      expect(read.timeCreated).toBeInstanceOf(UnreadableDate);
      read.requester = 'bob';
      await fresh.flush();
      expect(await em.execute('select time_created, requester from events')).toEqual([
        { time_created: 'yesterday', requester: 'bob' },
      ]);
    });
  }
});
